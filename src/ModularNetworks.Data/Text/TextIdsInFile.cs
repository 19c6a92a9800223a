using System.Buffers.Binary;

namespace ModularNetworks.Data;

/// <summary>Ids that stay in a file, 2 or 4 bytes each, little-endian; whoever asks for some reads them from there.</summary>
/// <param name="file">The file, which can seek; is closed when nobody uses it any more.</param>
/// <param name="path">The file's name in messages.</param>
/// <param name="start">The place of the first byte.</param>
/// <param name="count">The number of ids.</param>
/// <param name="width">The number of bytes of an id.</param>
internal sealed class TextIdsInFile(Stream file, string path, long start, long count, int width) : TextIds(count)
{
    private const int BufferSize = 1 << 16;

    // A text serves one thread at a time.
    private readonly byte[] _buffer = new byte[BufferSize];

    private protected override void Copy(long first, Span<int> ids)
    {
        while (!ids.IsEmpty)
        {
            var some = ids[..Math.Min(ids.Length, BufferSize / width)];
            var bytes = _buffer.AsSpan(0, some.Length * width);
            Read(start + (first * width), bytes);
            for (int i = 0; i < some.Length; i++)
                some[i] = width == 2 ? BinaryPrimitives.ReadUInt16LittleEndian(bytes[(i * 2)..]) : BinaryPrimitives.ReadInt32LittleEndian(bytes[(i * 4)..]);
            first += some.Length;
            ids = ids[some.Length..];
        }
    }

    private void Read(long place, Span<byte> bytes)
    {
        try
        {
            file.Position = place;
            file.ReadExactly(bytes);
        }
        catch (IOException cause)
        {
            throw new DataException($"{path}: cannot be read: {cause.Message} Delete the file, and it is made again.", cause);
        }
    }
}
