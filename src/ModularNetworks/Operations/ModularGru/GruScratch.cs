using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>The memory that the modular gated recurrent unit's kernels need while they run.</summary>
internal sealed class GruScratch
{
    /// <summary>Memory of each thread.</summary>
    public Scratch Workers { get; } = new();

    /// <summary>Transposed weights, shared by all threads.</summary>
    public Scratch Transposed { get; } = new();
}
