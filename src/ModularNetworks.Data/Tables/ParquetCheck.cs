using System.Buffers.Binary;
using ModularNetworks.Engine;
using Parquet.Meta;

namespace ModularNetworks.Data;

/// <summary>Checks what a Parquet file says of itself before it is decoded: its footer, and the headers of its pages.</summary>
/// <param name="stream">The file.</param>
internal sealed class ParquetCheck(Stream stream)
{
    private const int MostFooterBytes = 1 << 26;
    private const int MostPageHeaderBytes = 1 << 16;
    private const int MostPageBytes = 1 << 28;
    private const int SmallPageBytes = 1 << 10;
    private const int MostLengthBytes = 10;
    private const int ChildrenField = 5;
    private const int TypeField = 1;
    private const int SizeField = 2;
    private const int CompressedSizeField = 3;

    // The length of the footer, and the letters PAR1.
    private const int EndBytes = 8;

    /// <summary>Checks the footer.</summary>
    /// <exception cref="FormatException">It is damaged.</exception>
    public void Footer()
    {
        if (stream.Length < EndBytes)
            throw new FormatException("it ends too early.");
        byte[] end = Read(stream.Length - EndBytes, EndBytes);
        int length = BinaryPrimitives.ReadInt32LittleEndian(end);
        if (!end.AsSpan(sizeof(int)).SequenceEqual("PAR1"u8) || length < 0 || length > Math.Min(stream.Length - EndBytes, MostFooterBytes))
            throw new FormatException("its end is not that of a Parquet file.");
        var walk = new ThriftWalk(Read(stream.Length - EndBytes - length, length), ParquetShapes.SchemaElement);
        walk.Structure(ParquetShapes.FileMetaData, []);
        RequireTree([.. walk.Found.Select(element => element.GetValueOrDefault(ChildrenField))]);
    }

    /// <summary>Requires that columns are a tree: each element of the schema is followed by as many as it says that it has.</summary>
    private static void RequireTree(long[] children)
    {
        long open = 1;
        foreach (long count in children)
        {
            if (open == 0 || count < 0 || count > children.Length)
                throw new FormatException("its columns are no tree.");
            open += count - 1;
        }
        if (open != 0)
            throw new FormatException("its columns are no tree.");
    }

    /// <summary>Checks the headers of all pages of a column in a group of rows.</summary>
    /// <param name="start">Where the pages begin.</param>
    /// <param name="bytes">Their bytes.</param>
    /// <param name="codec">How they are compressed.</param>
    /// <exception cref="FormatException">They are damaged, or a page is too large.</exception>
    public void Pages(long start, long bytes, CompressionCodec codec)
    {
        if (start < 0 || bytes < 0 || start > stream.Length - bytes)
            throw new FormatException("a column lies outside of the file.");
        for (long position = start; position < start + bytes;)
        {
            var walk = new ThriftWalk(Read(position, (int)Math.Min(MostPageHeaderBytes, start + bytes - position)));
            var numbers = new Dictionary<int, long>();
            walk.Structure(ParquetShapes.PageHeader, numbers);
            long size = numbers.GetValueOrDefault(SizeField, -1), compressed = numbers.GetValueOrDefault(CompressedSizeField, -1);
            if (size < 0 || size > Math.Min(MostPageBytes, SmallPageBytes + (compressed * RatioOf(codec))) || compressed < 0 || compressed > start + bytes - position - walk.Position)
                throw new FormatException($"a page of {Counted.Of(size, "byte")}, in the file {compressed}, is no page, or too large: {MostPageBytes} bytes are the most.");
            if (codec == CompressionCodec.SNAPPY && numbers.GetValueOrDefault(TypeField) != (long)PageType.DATA_PAGE_V2)
                Snappy(position + walk.Position, compressed, size);
            position += walk.Position + compressed;
        }
    }

    /// <summary>How many bytes a byte may become at most.</summary>
    private static long RatioOf(CompressionCodec codec) => codec switch
    {
        CompressionCodec.UNCOMPRESSED => 1,
        // An element of three bytes copies 64.
        CompressionCodec.SNAPPY => 22,
        CompressionCodec.LZ4 or CompressionCodec.LZ4_RAW => 255,
        // A bit and a half, for a length and a distance, copy 258 bytes.
        CompressionCodec.GZIP => 1032,
        _ => MostPageBytes,
    };

    /// <summary>Checks that a page unpacks to no more than its header says: the decoder makes room for what its first bytes say.</summary>
    private void Snappy(long position, long compressed, long size)
    {
        var start = new ThriftWalk(Read(position, (int)Math.Min(compressed, MostLengthBytes)));
        if (start.Varint() > (ulong)size)
            throw new FormatException("a page unpacks to more bytes than it has.");
    }

    private byte[] Read(long position, int bytes)
    {
        byte[] read = new byte[bytes];
        stream.Position = position;
        stream.ReadExactly(read);
        return read;
    }
}
