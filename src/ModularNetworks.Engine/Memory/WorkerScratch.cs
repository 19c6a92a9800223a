namespace ModularNetworks.Engine;

/// <summary>Working memory for each thread of a pool, kept between calls and grown when more is asked for.</summary>
internal sealed unsafe class WorkerScratch(WorkerPool workers)
{
    private AlignedBuffer? _buffer;

    /// <summary>Memory for all workers; worker w owns the floats from <c>w * stride</c> on. The content is unspecified.</summary>
    /// <param name="floats">How many each worker needs.</param>
    /// <param name="stride">The distance between two workers' parts, in floats.</param>
    public float* Rent(int floats, out nint stride)
    {
        // A spare cache line between the parts keeps two threads from writing to the same one.
        nuint bytes = AlignedBuffer.RoundUp((nuint)floats * sizeof(float)) + AlignedBuffer.Alignment;
        stride = (nint)(bytes / sizeof(float));
        nuint total = bytes * (nuint)workers.ThreadCount;
        if (_buffer is null || _buffer.ByteCount < total)
            _buffer = new AlignedBuffer(total);
        return (float*)_buffer.Start;
    }
}
