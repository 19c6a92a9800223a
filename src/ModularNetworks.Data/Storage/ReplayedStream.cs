namespace ModularNetworks.Data;

/// <summary>A stream that cannot seek, such as a pipe, of which the first bytes can be read again.</summary>
internal sealed class ReplayedStream : Stream
{
    private readonly Stream _rest;
    private readonly byte[] _start;
    private readonly int _startBytes;
    private int _position;
    private bool _isPastStart;

    /// <summary>Reads the first bytes.</summary>
    /// <param name="stream">The stream; stays open.</param>
    /// <param name="bytes">How many can be read again.</param>
    /// <exception cref="IOException">They cannot be read.</exception>
    public ReplayedStream(Stream stream, int bytes)
    {
        (_rest, _start) = (stream, new byte[bytes]);
        _startBytes = stream.ReadAtLeast(_start, bytes, throwOnEndOfStream: false);
    }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <summary>False: only what was read at the beginning can be read again, by <see cref="Position"/>.</summary>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <summary>The place in the first bytes.</summary>
    /// <exception cref="InvalidOperationException">More than these was read.</exception>
    public override long Position
    {
        get => _position;
        set => _position = _isPastStart ? throw new InvalidOperationException("ReplayedStream: more than the first bytes was read.") : checked((int)value);
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        if (_position == _startBytes)
            return ReadOn(buffer);
        int count = Math.Min(buffer.Length, _startBytes - _position);
        _start.AsSpan(_position, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    private int ReadOn(Span<byte> buffer)
    {
        // Who writes by hand says the end once.
        int count = _startBytes < _start.Length ? 0 : _rest.Read(buffer);
        _isPastStart |= count > 0;
        return count;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
