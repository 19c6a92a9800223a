using System.Buffers.Binary;
using System.IO.Hashing;
using SkiaSharp;

namespace ModularNetworks.Data;

/// <summary>
/// Tells whether picture files are whole, by their parts. Decoders draw what is there of a JPEG file with several scans, and do not look for
/// the ends of others.
/// </summary>
internal static class WholePicture
{
    private const string CutShort = "is cut short";

    /// <summary>Whether files of a format are read.</summary>
    public static bool IsKnown(SKEncodedImageFormat format) => format is SKEncodedImageFormat.Png or SKEncodedImageFormat.Jpeg
        or SKEncodedImageFormat.Webp or SKEncodedImageFormat.Gif or SKEncodedImageFormat.Bmp;

    /// <summary>The problem with a file, which a decoder knows to be of a format.</summary>
    /// <returns>Null if there is none; the rows of BMP files are counted by their decoder.</returns>
    public static string? ProblemOf(SKEncodedImageFormat format, ReadOnlySpan<byte> file) => format switch
    {
        SKEncodedImageFormat.Png => ProblemOfPng(file),
        SKEncodedImageFormat.Jpeg => IsWholeJpeg(file) ? null : CutShort,
        SKEncodedImageFormat.Webp => IsWholeRiff(file) ? null : CutShort,
        SKEncodedImageFormat.Gif => IsWholeGif(file) ? null : CutShort,
        _ => null,
    };

    /// <summary>Chunks up to that of the end, each with its length, kind, content and checksum (ISO/IEC 15948, section 5).</summary>
    private static string? ProblemOfPng(ReadOnlySpan<byte> file)
    {
        const int Word = sizeof(uint), NotCritical = 0x20;
        for (var rest = file[8..]; rest.Length >= 3 * Word;)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(rest);
            if (length > rest.Length - (3 * Word))
                return CutShort;
            var content = rest.Slice(Word, Word + (int)length);
            rest = rest[(Word + content.Length)..];
            bool isCritical = (content[0] & NotCritical) == 0;
            if (isCritical && Crc32.HashToUInt32(content) != BinaryPrimitives.ReadUInt32BigEndian(rest))
                return "is damaged (a checksum does not fit)";
            if (content.StartsWith("IEND"u8))
                return null;
            rest = rest[Word..];
        }
        return CutShort;
    }

    /// <summary>Segments and coded data up to the marker of the end (ITU-T T.81, annex B).</summary>
    private static bool IsWholeJpeg(ReadOnlySpan<byte> file)
    {
        const byte Mark = 0xFF, Stuffed = 0x00, Alone = 0x01, FirstRestart = 0xD0, Start = 0xD8, End = 0xD9;
        for (int place = 0; place + 1 < file.Length;)
        {
            byte kind = file[place + 1];
            if (file[place] != Mark || kind is Mark or Stuffed or Alone or (>= FirstRestart and <= Start))
            {
                place += file[place] == Mark && kind != Mark ? 2 : 1;
                continue;
            }
            if (kind == End)
                return true;
            if (place + 4 > file.Length)
                return false;
            place += 2 + BinaryPrimitives.ReadUInt16BigEndian(file[(place + 2)..]);
        }
        return false;
    }

    /// <summary>As many bytes as the start says (RFC 9649, section 2.4).</summary>
    private static bool IsWholeRiff(ReadOnlySpan<byte> file) =>
        file.Length >= 8 && BinaryPrimitives.ReadUInt32LittleEndian(file[4..]) <= file.Length - 8;

    /// <summary>Blocks up to the trailer (GIF89a specification, section 27).</summary>
    private static bool IsWholeGif(ReadOnlySpan<byte> file)
    {
        const byte Image = 0x2C, Extension = 0x21, Trailer = 0x3B;
        const int Screen = 13, Descriptor = 10;
        for (int place = Screen + ColorTable(file, Screen - 3); place < file.Length;)
        {
            switch (file[place])
            {
                case Trailer:
                    return true;
                case Image:
                    place = AfterBlocks(file, place + Descriptor + ColorTable(file, place + Descriptor - 1) + 1);
                    break;
                case Extension:
                    place = AfterBlocks(file, place + 2);
                    break;
                default:
                    return false;
            }
        }
        return false;
    }

    /// <summary>The bytes of a colour table, of which flags tell.</summary>
    private static int ColorTable(ReadOnlySpan<byte> file, int flags) =>
        flags < file.Length && (file[flags] & 0x80) != 0 ? 3 << ((file[flags] & 0x07) + 1) : 0;

    /// <summary>The place after blocks that each begin with their length, up to an empty one.</summary>
    private static int AfterBlocks(ReadOnlySpan<byte> file, int place)
    {
        while (place < file.Length && file[place] != 0)
            place += file[place] + 1;
        return place + 1;
    }
}
