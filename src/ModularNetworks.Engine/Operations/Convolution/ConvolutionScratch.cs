namespace ModularNetworks.Engine;

/// <summary>The memory that convolutions need while they run.</summary>
internal sealed class ConvolutionScratch
{
    /// <summary>Memory of each thread.</summary>
    public Scratch Workers { get; } = new();

    /// <summary>Parts of sums.</summary>
    public Scratch Parts { get; } = new();

    /// <summary>Tables of places in images.</summary>
    public Scratch Places { get; } = new();
}
