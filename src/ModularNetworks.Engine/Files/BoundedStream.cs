namespace ModularNetworks.Engine;

/// <summary>Reads a file and refuses it once it gave more bytes than it may have.</summary>
/// <param name="file">The file; is closed with this.</param>
/// <param name="path">The file's name in messages.</param>
/// <param name="mostBytes">The most bytes that are read.</param>
internal sealed class BoundedStream(FileStream file, string path, long mostBytes) : Stream
{
    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => true;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => file.Length;

    /// <inheritdoc/>
    public override long Position { get => file.Position; set => file.Position = value; }

    /// <summary>Says that a file has too many bytes.</summary>
    public static IOException TooLarge(string path, long mostBytes) =>
        new($"'{path}' has more than {mostBytes} bytes, which is the most that is read of it.");

    /// <inheritdoc/>
    /// <exception cref="IOException">The file has more bytes than it may.</exception>
    public override int Read(Span<byte> buffer)
    {
        int count = file.Read(buffer);
        return file.Position <= mostBytes ? count : throw TooLarge(path, mostBytes);
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => file.Seek(offset, origin);

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            file.Dispose();
        base.Dispose(disposing);
    }
}
