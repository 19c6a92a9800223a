using ModularNetworks.Engine;

namespace ModularNetworks.Benchmarks;

/// <summary>What is copied to measure how fast memory is, which several meters may share.</summary>
internal sealed unsafe class CopiedMemory
{
    /// <summary>So many that little of them is left in the third-level caches of large servers until the next copy.</summary>
    public const long Bytes = 128L << 20;

    private readonly AlignedBuffer _source = new((nuint)Bytes);
    private readonly AlignedBuffer _target = new((nuint)Bytes);

    public byte* Source => _source.Start;

    public byte* Target => _target.Start;
}
