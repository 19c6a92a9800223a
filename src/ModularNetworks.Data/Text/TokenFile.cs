using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text.Json;
using System.Text.Json.Serialization;
using ModularNetworks.Engine;

namespace ModularNetworks.Data;

/// <summary>
/// The file that a long text is kept in: the ids of its three parts, and behind them, as JSON, the encoding and the numbers of ids and
/// characters. It ends with the length of the JSON, 8 bytes, and the checksum (XxHash128) of all that comes before, 16 bytes.
/// </summary>
internal static class TokenFile
{
    private const int HashBytes = 16;
    private const int TailBytes = sizeof(long) + HashBytes;
    private const int MostDescriptionBytes = 1 << 28;
    private const int BufferSize = 1 << 20;

    // Four bytes for each byte of the longest text.
    private const long MostBytes = 4 * TextPiece.MostBytes;

    /// <summary>Writes a text.</summary>
    /// <param name="path">The file.</param>
    /// <param name="text">The text.</param>
    /// <param name="encoding">Its encoding.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, TextSource text, TextEncoding encoding)
    {
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        var writer = new Writer(file, WidthOf(encoding));
        long[] counts = [.. ((TextPart[])[TextPart.Train, TextPart.Valid, TextPart.Test]).Select(part => writer.Write(text, part, encoding))];
        byte[] description = JsonSerializer.SerializeToUtf8Bytes(
            new TextDescription(encoding.Unit.ToString(), encoding.Vocabulary.Words, encoding.Merges, counts[0], counts[1], counts[2], text.Characters!),
            TextDescriptionTypes.Default.TextDescription);
        writer.End(description);
        file.Flush(flushToDisk: true);
    }

    /// <summary>Opens a text.</summary>
    /// <returns>The training text stays in the file.</returns>
    /// <exception cref="Exception">The file is missing, cannot be read, or is damaged in some way.</exception>
    public static TextCorpus Read(string path)
    {
        var file = RegularFile.Open(path, MostBytes);
        try
        {
            return Read(file, path);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static TextCorpus Read(Stream file, string path)
    {
        long length = file.Length;
        byte[] tail = ReadBytes(file, length - TailBytes, TailBytes);
        long descriptionBytes = BinaryPrimitives.ReadInt64LittleEndian(tail);
        if (descriptionBytes is < 0 or > MostDescriptionBytes || !HashOf(file, length - HashBytes).AsSpan().SequenceEqual(tail.AsSpan(sizeof(long))))
            throw new InvalidDataException("The file is damaged.");
        var description = JsonSerializer.Deserialize(
            ReadBytes(file, length - TailBytes - descriptionBytes, (int)descriptionBytes), TextDescriptionTypes.Default.TextDescription)!;
        var encoding = new TextEncoding(Enum.Parse<TextUnit>(description.Unit), Vocabulary.FromOrderedWords(description.Vocabulary), description.Merges);
        int width = WidthOf(encoding);
        TextIds Ids(long first, long count) => new TextIdsInFile(file, path, first * width, count, width);
        return new TextCorpus(
            encoding, Ids(0, description.Train), Ids(description.Train, description.Valid).ToArray(),
            Ids(description.Train + description.Valid, description.Test).ToArray())
        {
            Characters = description.Characters,
        };
    }

    private static int WidthOf(TextEncoding encoding) => encoding.Vocabulary.Count <= ushort.MaxValue + 1 ? sizeof(ushort) : sizeof(int);

    private static byte[] ReadBytes(Stream file, long place, int count)
    {
        byte[] bytes = new byte[count];
        file.Position = place;
        file.ReadExactly(bytes);
        return bytes;
    }

    private static byte[] HashOf(Stream file, long length)
    {
        var hash = new XxHash128();
        byte[] buffer = new byte[BufferSize];
        file.Position = 0;
        for (long left = length; left > 0;)
        {
            var some = buffer.AsSpan(0, (int)Math.Min(left, buffer.Length));
            file.ReadExactly(some);
            hash.Append(some);
            left -= some.Length;
        }
        return hash.GetCurrentHash();
    }

    /// <summary>Writes ids, and adds all that is written to the checksum.</summary>
    private sealed class Writer(FileStream file, int width)
    {
        private readonly XxHash128 _hash = new();
        private readonly byte[] _buffer = new byte[BufferSize];
        private readonly List<int> _ids = [];
        private int _filled;

        /// <summary>Writes the ids of a part.</summary>
        /// <returns>The number of its ids.</returns>
        public long Write(TextSource text, TextPart part, TextEncoding encoding)
        {
            long count = 0;
            text.Read(part, "the text is encoded", unit =>
            {
                _ids.Clear();
                encoding.AddTo(_ids, unit);
                foreach (int id in _ids)
                    Write(id);
                count += _ids.Count;
            });
            return count > 0 ? count : throw TextFaults.NoText(text.Source);
        }

        /// <summary>Writes what stands behind the ids.</summary>
        public void End(byte[] description)
        {
            Flush();
            byte[] length = BitConverter.GetBytes((long)description.Length);
            Write(description);
            Write(length);
            file.Write(_hash.GetCurrentHash());
        }

        private void Write(int id)
        {
            if (_filled == _buffer.Length)
                Flush();
            var place = _buffer.AsSpan(_filled);
            if (width == sizeof(ushort))
                BinaryPrimitives.WriteUInt16LittleEndian(place, (ushort)id);
            else
                BinaryPrimitives.WriteInt32LittleEndian(place, id);
            _filled += width;
        }

        private void Flush()
        {
            Write(_buffer.AsSpan(0, _filled));
            _filled = 0;
        }

        private void Write(ReadOnlySpan<byte> bytes)
        {
            _hash.Append(bytes);
            file.Write(bytes);
        }
    }
}

/// <summary>What stands behind the ids.</summary>
/// <param name="Unit">The name of the unit.</param>
/// <param name="Vocabulary">The words, characters or tokens.</param>
/// <param name="Merges">The merges of byte-pair encoding, or null.</param>
/// <param name="Train">The number of ids of the training text.</param>
/// <param name="Valid">The number of ids of the validation text.</param>
/// <param name="Test">The number of ids of the test text.</param>
/// <param name="Characters">The numbers of characters.</param>
internal sealed record TextDescription(
    string Unit, IReadOnlyList<string> Vocabulary, IReadOnlyList<string>? Merges, long Train, long Valid, long Test, TextCharacters Characters);

/// <summary>The record of this file, whose JSON the compiler writes code for.</summary>
[JsonSerializable(typeof(TextDescription))]
internal sealed partial class TextDescriptionTypes : JsonSerializerContext;
