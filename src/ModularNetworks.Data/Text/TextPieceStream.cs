namespace ModularNetworks.Data;

/// <summary>The bytes of a piece of a file, read from its first to its last.</summary>
internal sealed class TextPieceStream : Stream
{
    private readonly Stream _file;
    private readonly DataStage? _stage;
    private long _left;

    /// <summary>Starts at the first byte.</summary>
    /// <param name="file">The file, which is closed with this stream.</param>
    /// <param name="start">The place of the first byte.</param>
    /// <param name="length">The number of bytes.</param>
    /// <param name="stage">Is told how many bytes are read; null if nobody is.</param>
    public TextPieceStream(Stream file, long start, long length, DataStage? stage)
    {
        (_file, Length, _left, _stage) = (file, length, length, stage);
        file.Position = start;
    }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length { get; }

    /// <inheritdoc/>
    public override long Position
    {
        get => Length - _left;
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        int read = _file.Read(buffer[..(int)Math.Min(_left, buffer.Length)]);
        _left -= read;
        _stage?.Add(read);
        return read;
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

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _file.Dispose();
        base.Dispose(disposing);
    }
}
