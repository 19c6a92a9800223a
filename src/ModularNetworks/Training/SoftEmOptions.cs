namespace ModularNetworks;

/// <summary>How soft EM is run.</summary>
public sealed record SoftEmOptions
{
    /// <summary>The number of datapoints in a mini-batch; all datapoints if there are fewer.</summary>
    public int BatchSize { get; init; } = 128;

    /// <summary>Whether the gradient of log p(a|x, φ) changes the controllers alone, as if layers' inputs did not depend on θ.</summary>
    public bool DetachedControllers { get; init; }

    /// <summary>β in the first step, above 0; 1 for the exact posterior.</summary>
    public double From { get; init; } = 1;

    /// <summary>β after <see cref="Steps"/> steps, above 0, where it stays.</summary>
    public double To { get; init; } = 4;

    /// <summary>The number of steps over which β changes, by the same factor in each.</summary>
    public long Steps { get; init; } = 500;
}
