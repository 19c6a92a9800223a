namespace ModularNetworks;

/// <summary>How training by expected scores is run.</summary>
public sealed record ExpectedScoreOptions
{
    /// <summary>The number of datapoints in a mini-batch; all datapoints if there are fewer.</summary>
    public int BatchSize { get; init; } = 128;

    /// <summary>The composition whose modules learn in a step.</summary>
    public ExpectedComposition Composition { get; init; }

    /// <summary>Whether the gradient of p(a|x, φ) changes the controllers alone, and the modules learn from log p(y|x, a, θ) only.</summary>
    public bool DetachedControllers { get; init; }
}

/// <summary>The composition whose modules learn in a step of training by expected scores.</summary>
public enum ExpectedComposition
{
    /// <summary>The most probable modules: those that evaluation takes.</summary>
    Mode,

    /// <summary>A sample from the controllers, as in Eq. 14.</summary>
    Sampled,
}
