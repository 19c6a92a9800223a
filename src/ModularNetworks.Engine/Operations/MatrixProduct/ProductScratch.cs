namespace ModularNetworks.Engine;

/// <summary>The memory that products need while they run.</summary>
internal sealed class ProductScratch
{
    /// <summary>The right factor's panels, shared by all threads.</summary>
    public Scratch Panels { get; } = new();

    /// <summary>Parts of sums.</summary>
    public Scratch Partials { get; } = new();

    /// <summary>Memory of each thread.</summary>
    public Scratch Workers { get; } = new();
}
