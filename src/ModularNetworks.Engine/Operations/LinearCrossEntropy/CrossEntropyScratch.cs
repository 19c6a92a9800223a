namespace ModularNetworks.Engine;

/// <summary>The memory that softmax classifiers need while they run.</summary>
internal sealed class CrossEntropyScratch
{
    /// <summary>The packed weights.</summary>
    public Scratch Weights { get; } = new();

    /// <summary>Memory of each thread.</summary>
    public Scratch Workers { get; } = new();

    /// <summary>The weight gradient of each part of the rows.</summary>
    public Scratch GradientParts { get; } = new();
}
