namespace ModularNetworks.Data.Tests;

/// <summary>The end of a server's reply.</summary>
internal enum ReplyEnd
{
    /// <summary>It closes the connection.</summary>
    Close,

    /// <summary>It sends nothing more and closes nothing.</summary>
    Stall,

    /// <summary>It sends the body again and again.</summary>
    Repeat,
}
