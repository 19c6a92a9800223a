namespace ModularNetworks.Experiments;

/// <summary>Where the stored compositions begin.</summary>
public enum CompositionStarts
{
    /// <summary>Drawn uniformly, each on its own (Algorithm 1).</summary>
    Uniform,

    /// <summary>By the token or task that the input shows, which go round the modules.</summary>
    Input,

    /// <summary>By the cluster of the input or of its token.</summary>
    Clusters,

    /// <summary>The most probable modules of the controllers as they are before training.</summary>
    Mode,
}
