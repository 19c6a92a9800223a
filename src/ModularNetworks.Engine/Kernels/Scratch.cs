namespace ModularNetworks.Engine;

/// <summary>
/// Memory that a kernel needs while it runs: kept between calls (<see cref="Kernels.Keep{T}"/>) and replaced when more is
/// needed. It starts at a cache line, and vectors may be loaded past its end.
/// </summary>
public sealed unsafe class Scratch
{
    /// <summary>The numbers in a cache line, and in the widest vector.</summary>
    public const int CacheLine = AlignedBuffer.Alignment / sizeof(float);

    private AlignedBuffer _buffer = new(0);

    /// <summary>At least so many elements with unspecified content, until the next call.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public float* Reserve(long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        nuint byteCount = (nuint)count * sizeof(float);
        if (_buffer.ByteCount < byteCount)
            _buffer = new AlignedBuffer(byteCount);
        return (float*)_buffer.Start;
    }

    /// <summary>Memory for each thread of a pool; that of worker w starts at <c>w * stride</c>.</summary>
    /// <param name="threads">The number of threads.</param>
    /// <param name="count">At least so many elements for each, with unspecified content, until the next call.</param>
    /// <param name="stride">The distance between two threads' parts, in elements.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative.</exception>
    public float* ReserveEach(int threads, int count, out nint stride)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        // A spare cache line between the parts keeps two threads from writing to the same one.
        stride = (nint)((AlignedBuffer.RoundUp((nuint)count * sizeof(float)) + AlignedBuffer.Alignment) / sizeof(float));
        return Reserve(stride * threads);
    }
}
