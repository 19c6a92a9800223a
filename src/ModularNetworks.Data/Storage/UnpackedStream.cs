namespace ModularNetworks.Data;

/// <summary>What comes out of something while it is unpacked: read once, from its start to its end.</summary>
internal abstract class UnpackedStream : Stream
{
    /// <inheritdoc/>
    public sealed override bool CanRead => true;

    /// <inheritdoc/>
    public sealed override bool CanSeek => false;

    /// <inheritdoc/>
    public sealed override bool CanWrite => false;

    /// <inheritdoc/>
    public sealed override long Length => throw new NotSupportedException();

    /// <summary>How many bytes were read.</summary>
    public sealed override long Position { get => BytesRead; set => throw new NotSupportedException(); }

    /// <summary>How many bytes were read.</summary>
    protected long BytesRead { get; private set; }

    /// <inheritdoc/>
    public sealed override int Read(Span<byte> buffer)
    {
        int count = ReadNext(buffer);
        BytesRead += count;
        CheckRead(buffer, count);
        return count;
    }

    /// <inheritdoc/>
    public sealed override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public sealed override void Flush()
    {
    }

    /// <inheritdoc/>
    public sealed override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public sealed override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public sealed override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>Reads what comes next.</summary>
    /// <returns>How many bytes, 0 at the end.</returns>
    protected abstract int ReadNext(Span<byte> buffer);

    /// <summary>Looks at what was read.</summary>
    /// <param name="buffer">Where it is.</param>
    /// <param name="count">How many bytes of it are new.</param>
    protected abstract void CheckRead(ReadOnlySpan<byte> buffer, int count);
}
