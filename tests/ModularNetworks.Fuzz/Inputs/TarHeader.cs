using System.Buffers.Binary;
using System.Text;

namespace ModularNetworks.Fuzz;

/// <summary>Makes headers of tar archives (POSIX ustar) with a sound checksum and most often sound fields.</summary>
internal static class TarHeader
{
    /// <summary>The size of a header, and of what contents are filled up to.</summary>
    public const int Size = 512;

    private const int SizeField = 124;
    private const int ChecksumField = 148;

    private static readonly long[] Sizes =
        [0, 1, 511, 513, 1 << 20, (256L << 20) + 1, int.MaxValue - 100, int.MaxValue, 1L << 31, 1L << 32, (1L << 33) - 1];

    private static readonly long[] Binaries = [1L << 20, int.MaxValue - 100, 1L << 40, long.MaxValue - 1, long.MaxValue, -1, long.MinValue];

    /// <summary>The header of a file.</summary>
    public static byte[] Sound(string name, int length)
    {
        var header = new byte[Size];
        Put(header, 0, 100, name);
        Put(header, 100, 8, "0000644");
        Put(header, 108, 8, "0000000");
        Put(header, 116, 8, "0000000");
        Put(header, SizeField, 12, Octal(length, 11));
        Put(header, 136, 12, "00000000000");
        header[156] = (byte)'0';
        Put(header, 257, 8, "ustar\0" + "00");
        PutChecksum(header);
        return header;
    }

    /// <summary>A header that most often fits, and has a sound checksum.</summary>
    public static byte[] Make(Draws draws, string name, byte type, int length, string link)
    {
        byte[] header = Sound(name, length);
        PutSize(draws, header);
        header[156] = type;
        Put(header, 157, 100, link);
        if (draws.OneIn(12))
            Put(header, 257, 8, draws.OneIn(2) ? "ustar  " : new string('\0', 8));
        if (draws.OneIn(20))
            Put(header, 345, 155, "../..");
        if (draws.OneIn(20))
            header[draws.Below(Size)] = (byte)draws.Bits();
        PutChecksum(header);
        return header;
    }

    private static void PutSize(Draws draws, byte[] header)
    {
        switch (draws.Below(12))
        {
            case 0:
                Put(header, SizeField, 12, Octal(draws.OneOf(Sizes), 11));
                break;
            case 1:
                // The form for numbers that do not fit: a set first bit, then 88 bits of which these are the last.
                header.AsSpan(SizeField, 4).Clear();
                header[SizeField] = 0x80;
                BinaryPrimitives.WriteInt64BigEndian(header.AsSpan(SizeField + 4), draws.OneOf(Binaries));
                break;
        }
    }

    private static void PutChecksum(byte[] header)
    {
        header.AsSpan(ChecksumField, 8).Fill((byte)' ');
        Put(header, ChecksumField, 8, Octal(header.Sum(each => each), 6) + "\0 ");
    }

    private static string Octal(long number, int digits) => Convert.ToString(number, 8).PadLeft(digits, '0');

    private static void Put(byte[] header, int start, int length, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        bytes.AsSpan(0, Math.Min(length, bytes.Length)).CopyTo(header.AsSpan(start));
    }
}
