namespace ModularNetworks.Engine;

/// <summary>Memory that a kernel needs while it runs: kept between calls and replaced when more is needed.</summary>
internal sealed unsafe class Scratch
{
    private AlignedBuffer _buffer = new(0);

    /// <summary>At least so many elements with unspecified content, until the next call.</summary>
    public float* Reserve(nint count)
    {
        nuint byteCount = (nuint)count * sizeof(float);
        if (_buffer.ByteCount < byteCount)
            _buffer = new AlignedBuffer(byteCount);
        return (float*)_buffer.Start;
    }
}
