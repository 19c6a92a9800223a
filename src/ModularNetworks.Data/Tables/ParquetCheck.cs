using System.Buffers.Binary;

namespace ModularNetworks.Data;

/// <summary>Checks what a Parquet file says of itself before it is decoded: its footer, and the headers of its pages.</summary>
/// <param name="stream">The file.</param>
internal sealed class ParquetCheck(Stream stream)
{
    private const int MostFooterBytes = 1 << 26;
    private const int MostPageHeaderBytes = 1 << 16;
    private const int MostPageBytes = 1 << 28;
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
        new ThriftWalk(Read(stream.Length - EndBytes - length, length)).Structure([]);
    }

    /// <summary>Checks the headers of all pages of a column in a group of rows.</summary>
    /// <param name="start">Where the pages begin.</param>
    /// <param name="bytes">Their bytes.</param>
    /// <exception cref="FormatException">They are damaged, or a page is too large.</exception>
    public void Pages(long start, long bytes)
    {
        if (start < 0 || bytes < 0 || start > stream.Length - bytes)
            throw new FormatException("a column lies outside of the file.");
        for (long position = start; position < start + bytes;)
        {
            var walk = new ThriftWalk(Read(position, (int)Math.Min(MostPageHeaderBytes, start + bytes - position)));
            var numbers = new Dictionary<int, long>();
            walk.Structure(numbers);
            long size = numbers.GetValueOrDefault(SizeField, -1), compressed = numbers.GetValueOrDefault(CompressedSizeField, -1);
            if (size is < 0 or > MostPageBytes || compressed < 0 || compressed > start + bytes - position - walk.Position)
                throw new FormatException($"a page of {size} bytes, in the file {compressed}, is no page, or too large: {MostPageBytes} bytes are the most.");
            position += walk.Position + compressed;
        }
    }

    private byte[] Read(long position, int bytes)
    {
        byte[] read = new byte[bytes];
        stream.Position = position;
        stream.ReadExactly(read);
        return read;
    }
}
