namespace ModularNetworks.Attack;

/// <summary>What makes calls: says each before it is made, and what came of it.</summary>
internal interface ICaller : IDisposable
{
    /// <summary>Its next line; null if it has ended.</summary>
    /// <exception cref="TimeoutException">It has said nothing for a minute of its processor time.</exception>
    string? ReadLine();

    /// <summary>How it ended.</summary>
    string End();
}
