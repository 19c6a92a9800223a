using System.Text.Json;
using System.Text.Unicode;
using ModularNetworks.Engine;
using ModularNetworks.Experiments;

namespace ModularNetworks.Reporting;

/// <summary>Reads some of the lines of a file of JSON objects, a line each, at even distances.</summary>
internal static class ThinnedLines
{
    /// <summary>Reads lines of metrics. Those with measurements are chosen apart from the others, so that none of both kinds get lost.</summary>
    /// <param name="path">The file.</param>
    /// <param name="most">The most lines of each kind to keep, at least 2; the first and the last are kept.</param>
    /// <exception cref="IOException">It is no file of a run's folder, or has more bytes or lines than such a file may.</exception>
    public static MetricsLines Metrics(string path, int most)
    {
        using var file = Open(path);
        var index = LineIndex.Of(file);
        var measured = index.Measured.ToHashSet();
        int[] others = [.. Enumerable.Range(0, index.Count).Where(line => !measured.Contains(line))];
        int[] chosen = [.. Choose(index.Measured, most), .. Choose(others, most)];
        Array.Sort(chosen);
        var read = Read(file, index, chosen);
        return new(read, index.Count, chosen.Length - read.Count, IsTorn: file.Length > index.End);
    }

    /// <summary>Reads lines of any kind.</summary>
    /// <param name="path">The file.</param>
    /// <param name="most">The most lines to keep, at least 2; the first and the last are kept.</param>
    /// <exception cref="IOException">It is no file of a run's folder, or has more bytes or lines than such a file may.</exception>
    public static List<JsonElement> All(string path, int most)
    {
        using var file = Open(path);
        var index = LineIndex.Of(file);
        return Read(file, index, Choose([.. Enumerable.Range(0, index.Count)], most));
    }

    /// <summary>Parses a line.</summary>
    /// <returns>Null if it is damaged: it is no JSON object.</returns>
    public static JsonElement? Parse(ReadOnlySpan<byte> line)
    {
        // Most damage is seen without an exception, of which a large file could bring thousands.
        if (!line.TrimStart(" \t\r\n"u8).StartsWith((byte)'{'))
            return null;
        try
        {
            var reader = new Utf8JsonReader(line);
            var parsed = JsonElement.ParseValue(ref reader);
            if (parsed.ValueKind != JsonValueKind.Object || !Utf8.IsValid(line))
                return null;
            RequireWholeCharacters(parsed, line);
            return parsed;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Checks that all text can be written again: an escape such as <c>\uD800</c> alone is no character.</summary>
    private static void RequireWholeCharacters(JsonElement parsed, ReadOnlySpan<byte> line)
    {
        if (line.IndexOf("\\u"u8) < 0)
            return;
        using var writer = new Utf8JsonWriter(Stream.Null);
        ShortNumbers.Write(writer, parsed);
    }

    private static IEnumerable<int> Choose(IReadOnlyList<int> lines, int most)
    {
        int kept = Math.Min(lines.Count, most);
        for (int i = 0; i < kept; i++)
            yield return lines[kept == 1 ? 0 : (int)((long)i * (lines.Count - 1) / (kept - 1))];
    }

    private static List<JsonElement> Read(Stream file, LineIndex index, IEnumerable<int> lines)
    {
        var read = new List<JsonElement>();
        byte[] buffer = [];
        foreach (int line in lines)
        {
            var (start, length) = index[line];
            if (length > LineIndex.MostLineBytes)
                continue;
            if (buffer.Length < length)
                buffer = new byte[length];
            var bytes = buffer.AsSpan(0, length);
            // A file that was shortened meanwhile gives less; such a line does not parse.
            file.Position = start;
            int got = file.ReadAtLeast(bytes, length, throwOnEndOfStream: false);
            if (Parse(bytes[..got]) is { } parsed)
                read.Add(parsed);
        }
        return read;
    }

    private static Stream Open(string path) => RegularFile.Open(path, RunFiles.MostBytesOf(path), within: Path.GetDirectoryName(path));
}
