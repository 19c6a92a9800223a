namespace ModularNetworks.Attack;

/// <summary>How a call ended.</summary>
internal enum CallEnd
{
    /// <summary>With an answer, the same twice.</summary>
    Answered,

    /// <summary>With an exception that says what is wrong.</summary>
    Refused,

    /// <summary>In a way that must not be.</summary>
    Failed,
}

/// <summary>What came of a call.</summary>
/// <param name="End">How it ended.</param>
/// <param name="Text">The exception, or what must not be, in one line.</param>
/// <param name="Detail">The stack trace, if there is one.</param>
internal sealed record Outcome(CallEnd End, string Text, string Detail = "")
{
    /// <summary>Whether there was no memory for what was asked for, and the exception said so.</summary>
    public bool IsOutOfMemory => End == CallEnd.Refused && Text.StartsWith(nameof(InsufficientMemoryException), StringComparison.Ordinal);
}
