namespace ModularNetworks.Data;

/// <summary>A stream of unpacked bytes that is read once, from its start to its end.</summary>
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

    /// <summary>The number of bytes read so far.</summary>
    /// <exception cref="NotSupportedException">The position is set.</exception>
    public sealed override long Position { get => BytesRead; set => throw new NotSupportedException(); }

    /// <summary>The number of bytes read so far.</summary>
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

    /// <summary>Reads the next bytes.</summary>
    /// <returns>The number of bytes read; 0 at the end.</returns>
    protected abstract int ReadNext(Span<byte> buffer);

    /// <summary>Checks the bytes that were read last.</summary>
    /// <param name="buffer">The buffer that begins with these bytes.</param>
    /// <param name="count">The number of these bytes; 0 at the end.</param>
    protected abstract void CheckRead(ReadOnlySpan<byte> buffer, int count);
}
