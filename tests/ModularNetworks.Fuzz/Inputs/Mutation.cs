using System.Buffers.Binary;
using System.Text;

namespace ModularNetworks.Fuzz;

/// <summary>Makes inputs of sound ones by changing bytes.</summary>
internal static class Mutation
{
    private const int MostChanges = 6;
    private const int LongestRun = 5000;

    // At these, lengths and counts overflow, turn negative or exceed what there is.
    private static readonly long[] Numbers =
    [
        0, 1, -1, 2, 127, 128, 255, 256, 511, 512, 513, 32767, 32768, 65535, 65536, int.MaxValue - 7, int.MaxValue, int.MinValue,
        uint.MaxValue, 1L << 33, 1L << 40, long.MaxValue - 7, long.MaxValue, long.MinValue,
    ];

    private static readonly byte[][] Words =
    [
        .. ((string[])
        [
            "0", "-1", "-0", "1e999", "-1E-999", "NaN", "Infinity", "2147483648", "9223372036854775808", "18446744073709551616",
            "0.1", "1.0", "99999999999999999999999999", "null", "true", "{}", "[]", "[null]", "{\"a\":1,\"a\":2}", "\"\\ud800\"",
            "\"\\u0000\"", "\"", "\\", ",", "=", "\n", "\r\n", "\t", "\0", "\u001b[2J", "../", "/etc/passwd", "%2e%2e%2f", "%00",
            "<unk>", "\u2028", "\ufeff", "\U0001F600", "--", "@", "*",
        ]).Select(Encoding.UTF8.GetBytes),
        [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xFF, 0xFE], [0xF4, 0x90, 0x80, 0x80],
    ];

    /// <summary>A sound input, most often with some changes; now and then bytes that are none of it.</summary>
    /// <param name="draws">Decide everything.</param>
    /// <param name="samples">Sound inputs.</param>
    public static byte[] Of(Draws draws, IReadOnlyList<byte[]> samples)
    {
        if (draws.OneIn(50))
            return draws.Bytes(300);
        byte[] bytes = draws.OneOf(samples);
        if (draws.OneIn(50))
            return bytes;
        int changes = 1 + draws.Below(MostChanges);
        for (int i = 0; i < changes; i++)
            bytes = Change(draws, bytes, samples);
        return bytes;
    }

    private static byte[] Change(Draws draws, byte[] bytes, IReadOnlyList<byte[]> samples)
    {
        if (bytes.Length == 0)
            return draws.OneOf(samples);
        int start = draws.Below(bytes.Length), length = 1 + draws.Below(Math.Min(bytes.Length - start, 64));
        return draws.Below(12) switch
        {
            0 or 1 => With(bytes, start, (byte)(bytes[start] ^ (1 << draws.Below(8)))),
            2 => With(bytes, start, (byte)draws.Bits()),
            3 => bytes[..start],
            4 => Replace(bytes, start, length, []),
            5 => Replace(bytes, start, 0, bytes[start..(start + length)]),
            6 => Replace(bytes, start, 0, draws.OneOf(Words)),
            7 => Replace(bytes, start, length, draws.OneOf(Words)),
            8 or 9 => WithNumber(draws, bytes, start),
            10 => Splice(draws, bytes, start, draws.OneOf(samples)),
            _ => Replace(bytes, start, 0, Run(draws, bytes[start])),
        };
    }

    private static byte[] With(byte[] bytes, int place, byte value)
    {
        byte[] changed = [.. bytes];
        changed[place] = value;
        return changed;
    }

    private static byte[] Replace(byte[] bytes, int start, int length, byte[] by) =>
        [.. bytes.AsSpan(0, start), .. by, .. bytes.AsSpan(start + length)];

    /// <summary>Puts a number over one, two, four or eight bytes, in either byte order.</summary>
    private static byte[] WithNumber(Draws draws, byte[] bytes, int start)
    {
        Span<byte> number = stackalloc byte[sizeof(long)];
        long value = draws.OneOf(Numbers);
        int size = Math.Min(1 << draws.Below(4), bytes.Length - start);
        byte[] changed = [.. bytes];
        if (draws.OneIn(2))
        {
            BinaryPrimitives.WriteInt64LittleEndian(number, value);
            number[..size].CopyTo(changed.AsSpan(start));
        }
        else
        {
            BinaryPrimitives.WriteInt64BigEndian(number, value);
            number[^size..].CopyTo(changed.AsSpan(start));
        }
        return changed;
    }

    private static byte[] Splice(Draws draws, byte[] bytes, int start, byte[] other) =>
        other.Length == 0 ? bytes[..start] : [.. bytes.AsSpan(0, start), .. other.AsSpan(draws.Below(other.Length))];

    /// <summary>The same byte again and again: nesting, long words, wide rows.</summary>
    private static byte[] Run(Draws draws, byte value)
    {
        var run = new byte[1 + draws.Below(draws.OneIn(4) ? LongestRun : 100)];
        run.AsSpan().Fill(draws.OneIn(2) ? value : draws.OneOf("[{\" ,a0\n\0"u8.ToArray()));
        return run;
    }
}
