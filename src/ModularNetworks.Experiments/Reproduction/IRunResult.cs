namespace ModularNetworks.Experiments;

/// <summary>What a run of a reproduction came to.</summary>
public interface IRunResult
{
    /// <summary>The number of gradient steps.</summary>
    long Steps { get; }
}
