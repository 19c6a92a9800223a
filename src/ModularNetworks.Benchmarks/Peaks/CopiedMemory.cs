using ModularNetworks.Engine;

namespace ModularNetworks.Benchmarks;

/// <summary>The memory that is copied to measure how fast memory is. Several meters may share it.</summary>
internal sealed unsafe class CopiedMemory
{
    /// <summary>The number of bytes: so many that a large server's third-level cache keeps few until the next copy.</summary>
    public const long Bytes = 128L << 20;

    private readonly AlignedBuffer _source = new((nuint)Bytes);
    private readonly AlignedBuffer _target = new((nuint)Bytes);

    public byte* Source => _source.Start;

    public byte* Target => _target.Start;
}
