using System.Buffers.Binary;
using System.IO.Hashing;

namespace ModularNetworks.Data.Tests;

/// <summary>Makes <c>.xz</c> files (The .xz File Format, version 1.2.1) whose content is stored as it is.</summary>
internal static class SmallXz
{
    private const int MostInChunk = 1 << 16;

    private static readonly byte[] Flags = [0, 1];

    /// <summary>110,000 bytes, "some text, " again and again, in three blocks as xz 5.4 compresses them.</summary>
    public static byte[] Compressed { get; } = Convert.FromBase64String(
        "/Td6WFoAAATm1rRGAgAhARwAAAAQz1jM4MNPAFVdADmbyfLnULjF4lzC4GxXdvbTeUdkTavlkMdab/CoJf/lhm27buARsnhMSeXtNGtOpirrIV"
        + "4VIIt3VgjiXqzPMXXzwcRDlLnVeuc9THmS7TMvHe+0AAAAAAAAKCkA/UR2Ey0CACEBHAAAABDPWMzgw08AVV0AOhlLeBCuFpOj7uLfLzujLrNw"
        + "xzW/KC6LoBYF3FSpHs+1m/sNlBOgdjGQDLlHNARPACe3wFJC+sf/bcII8XTaa8KP4TOQBtlDd/i1qhiaUs+Ht80AAAAAAADiS9O/vkB0LAIAIQ"
        + "EcAAAAEM9YzOAnDwA4XQAQHMnm+Y/eSVQYLtcIOfPdauGkLA99EguV2JjRC7n8id68BRk1RsEd8UPeMFSW/iFl7nBJIl6wAAAORfLCNZOjxQAD"
        + "cdCGA3HQhgNUkE4AAADYtryhrCc+LQQAAAAABFla");

    /// <summary>A file of one block.</summary>
    /// <param name="content">What is in it.</param>
    /// <param name="dictionary">The code of the memory that unpacking takes; 0 for 4 KiB.</param>
    public static byte[] Of(byte[] content, byte dictionary = 0)
    {
        byte[] start = [0xFD, .. "7zXZ\0"u8, .. Flags, .. Sum(Flags)];
        byte[] header = [2, 0, 0x21, 1, dictionary, 0, 0, 0], packed = [.. Chunks(content)];
        byte[] index = Filled([0, 1, .. Number(header.Length + 4 + packed.Length + 4), .. Number(content.Length)]);
        byte[] end = [.. LittleEndian(index.Length / 4), .. Flags];
        return
        [
            .. start, .. header, .. Sum(header), .. Filled(packed), .. Sum(content),
            .. index, .. Sum(index), .. Sum(end), .. end, .. "YZ"u8,
        ];
    }

    /// <summary>LZMA2 chunks that are not compressed; the first one clears the dictionary.</summary>
    private static IEnumerable<byte> Chunks(byte[] content)
    {
        byte kind = 1;
        foreach (byte[] part in content.Chunk(MostInChunk))
        {
            foreach (byte next in (byte[])[kind, (byte)((part.Length - 1) >> 8), (byte)(part.Length - 1), .. part])
                yield return next;
            kind = 2;
        }
        yield return 0;
    }

    private static byte[] Filled(byte[] bytes) => [.. bytes, .. new byte[(4 - (bytes.Length % 4)) % 4]];

    private static byte[] Number(int number) =>
        number < 0x80 ? [(byte)number] : [(byte)(number | 0x80), .. Number(number >> 7)];

    private static byte[] Sum(byte[] bytes) => LittleEndian((int)Crc32.HashToUInt32(bytes));

    private static byte[] LittleEndian(int number)
    {
        var bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        return bytes;
    }
}
