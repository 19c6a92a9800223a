using System.Buffers.Binary;
using System.IO.Hashing;
using ModularNetworks.Engine;

namespace ModularNetworks.Data;

/// <summary>
/// Looks at the parts of an <c>.xz</c> file around its compressed data (The .xz File Format, version 1.2.1), before anything is unpacked:
/// whether it is whole, how much it unpacks to, and how much memory that takes.
/// </summary>
internal static class XzContainer
{
    // The largest that xz makes by itself (-9); what unpacks holds so many of the last bytes.
    private const long MostDictionary = 64L << 20;

    // An entry of two bytes or more for each block.
    private const int MostIndexBytes = 1 << 20;

    private const int HeaderBytes = 12;
    private const int Word = sizeof(uint);
    private const int Lzma2 = 0x21;

    private static readonly byte[] Start = [0xFD, .. "7zXZ\0"u8];

    /// <summary>The number of bytes that a file unpacks to.</summary>
    /// <param name="file">The file.</param>
    /// <exception cref="InvalidDataException">It is no whole file of this format, or one that is not read.</exception>
    public static long UnpackedBytes(Stream file)
    {
        if (file.Length < (2 * HeaderBytes) + (2 * Word) || file.Length % Word != 0)
            throw new InvalidDataException("it is cut short, or no .xz file.");
        if (!Read(file, 0, HeaderBytes).AsSpan().StartsWith(Start))
            throw new InvalidDataException("it does not begin as .xz files do.");
        byte[] index = ReadIndex(file);
        return CheckBlocks(file, index, file.Length - HeaderBytes - index.Length);
    }

    /// <summary>The list of the blocks, of which the footer tells the size.</summary>
    private static byte[] ReadIndex(Stream file)
    {
        byte[] footer = Read(file, file.Length - HeaderBytes, HeaderBytes);
        long size = ((long)BinaryPrimitives.ReadUInt32LittleEndian(footer.AsSpan(Word)) + 1) * Word;
        if (!footer.AsSpan().EndsWith("YZ"u8) || !IsChecked(footer.AsSpan(Word, Word + 2), footer))
            throw new InvalidDataException("it is cut short: it does not end as .xz files do.");
        if (size > MostIndexBytes || size > file.Length - (2 * HeaderBytes))
            throw new InvalidDataException($"the list of its blocks claims to have {Counted.Of(size, "byte")}.");
        byte[] index = Read(file, file.Length - HeaderBytes - size, (int)size);
        return index[0] == 0 && IsChecked(index.AsSpan(0, index.Length - Word), index.AsSpan(index.Length - Word))
            ? index
            : throw new InvalidDataException("the list of its blocks is damaged.");
    }

    private static long CheckBlocks(Stream file, ReadOnlySpan<byte> index, long end)
    {
        var list = index[1..^Word];
        ulong count = ReadNumber(ref list);
        long place = HeaderBytes, unpacked = 0;
        for (ulong block = 0; block < count; block++)
        {
            long packed = (long)Math.Min(ReadNumber(ref list), (ulong)file.Length);
            if (packed < Word || place + packed > end)
                throw new InvalidDataException("the list of its blocks is damaged.");
            CheckDictionary(file, place);
            place += (packed + Word - 1) / Word * Word;
            unpacked = checked(unpacked + (long)Math.Min(ReadNumber(ref list), long.MaxValue / 2));
        }
        return place == end ? unpacked : throw new InvalidDataException("it has several parts after each other. Pack it again as one.");
    }

    /// <summary>Looks at the filters of a block for what they hold in memory.</summary>
    private static void CheckDictionary(Stream file, long place)
    {
        const int CountMask = 0x03, HasPackedSize = 0x40, HasUnpackedSize = 0x80;
        int size = (Read(file, place, 1)[0] + 1) * Word;
        ReadOnlySpan<byte> header = Read(file, place, size), rest = header[2..^Word];
        for (int sizes = (header[1] & (HasPackedSize | HasUnpackedSize)) / HasPackedSize; sizes > 0; sizes &= sizes - 1)
            ReadNumber(ref rest);
        for (int filter = 0; filter <= (header[1] & CountMask); filter++)
        {
            ulong kind = ReadNumber(ref rest), length = ReadNumber(ref rest);
            if (length > (ulong)rest.Length)
                throw new InvalidDataException("a block's header is damaged.");
            if (kind == Lzma2 && length == 1 && Dictionary(rest[0]) is var bytes and > MostDictionary)
                throw new InvalidDataException($"unpacking takes {Counted.Of(bytes, "byte")} of memory; at most {MostDictionary} are used. Pack it again by 'xz -9'.");
            rest = rest[(int)length..];
        }
    }

    /// <summary>The bytes of a dictionary: 2 or 3 times a power of two, from 4 KiB.</summary>
    private static long Dictionary(byte code) => (2L | (code & 1L)) << (((code & 0x3F) / 2) + 11);

    /// <summary>A number in parts of seven bits, the lowest first.</summary>
    private static ulong ReadNumber(ref ReadOnlySpan<byte> bytes)
    {
        const int MostParts = 9, More = 0x80, Bits = 7;
        ulong number = 0;
        for (int part = 0; part < Math.Min(MostParts, bytes.Length); part++)
        {
            number |= (ulong)(bytes[part] & ~More) << (Bits * part);
            if ((bytes[part] & More) == 0)
            {
                bytes = bytes[(part + 1)..];
                return number;
            }
        }
        throw new InvalidDataException("a number in it is damaged.");
    }

    private static bool IsChecked(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> sum) =>
        Crc32.HashToUInt32(bytes) == BinaryPrimitives.ReadUInt32LittleEndian(sum);

    private static byte[] Read(Stream file, long place, int count)
    {
        var bytes = new byte[count];
        file.Position = place;
        file.ReadExactly(bytes);
        return bytes;
    }
}
