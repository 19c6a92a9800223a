using System.Buffers.Binary;
using System.Text.Json;
using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// Named single-precision tensors in one file, in the safetensors format: eight bytes header length, a JSON header with
/// type, shape and place of every tensor, then the numbers, little-endian.
/// </summary>
public static class Safetensors
{
    // A header lists a few dozen tensors; what claims to be larger than this is not such a file.
    private const ulong LongestHeader = 16 << 20;

    // Holds what other programs tell of the file.
    private const string Metadata = "__metadata__";

    /// <summary>Writes tensors to a stream.</summary>
    /// <param name="stream">Is written to from its position on.</param>
    /// <param name="tensors">The tensors, each under a name of its own.</param>
    /// <param name="metadata">Texts by name, which the file tells beside the tensors; null for none.</param>
    /// <exception cref="ArgumentException">
    /// Two tensors have one name, or one is called <c>__metadata__</c>, which is no tensor in the format; nothing is written.
    /// </exception>
    public static void Write(
        Stream stream, IReadOnlyList<(string Name, Tensor Tensor)> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(tensors);
        if (FirstTwice(tensors.Select(tensor => tensor.Name)) is { } twice)
            throw new ArgumentException($"Safetensors: two tensors are called {twice}; every tensor needs a name of its own.");
        if (tensors.Any(tensor => tensor.Name == Metadata))
            throw new ArgumentException($"Safetensors: a tensor is called {Metadata}, which the format keeps for metadata. Give it another name.");
        byte[] header = Header(tensors, metadata);
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (var (_, tensor) in tensors)
            stream.Write(System.Runtime.InteropServices.MemoryMarshal.AsBytes(tensor.Values));
    }

    /// <summary>Reads tensors into existing ones of the same names and shapes.</summary>
    /// <param name="stream">Is read from its position on; must be able to seek.</param>
    /// <param name="tensors">Receive the numbers. All must be in the file, and no others.</param>
    /// <exception cref="CheckpointException">The file is damaged, or holds other tensors.</exception>
    public static void Read(Stream stream, IReadOnlyList<(string Name, Tensor Tensor)> tensors)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(tensors);
        long[] starts = FindAll(stream, [.. tensors.Select(tensor => (tensor.Name, tensor.Tensor.Shape))]);
        for (int i = 0; i < starts.Length; i++)
            ReadNumbers(stream, starts[i], tensors[i].Tensor.Values);
    }

    /// <summary>Reads some rows, entries of the first axis, of a file's tensors into tensors that have other rows.</summary>
    /// <param name="stream">Is read from its position on; must be able to seek.</param>
    /// <param name="tensors">Receive the rows. All must be in the file, and no others.</param>
    /// <param name="rowsInFile">The number of rows that the file's tensors have.</param>
    /// <param name="source">The rows that are read.</param>
    /// <param name="target">The first of the rows that receive them.</param>
    /// <exception cref="CheckpointException">The file is damaged, or holds other tensors.</exception>
    internal static void ReadRows(Stream stream, IReadOnlyList<(string Name, Tensor Tensor)> tensors, int rowsInFile, Range source, int target)
    {
        var (first, count) = source.GetOffsetAndLength(rowsInFile);
        long[] starts = FindAll(stream, [.. tensors.Select(tensor => (tensor.Name, tensor.Tensor.Shape.With(0, rowsInFile)))]);
        for (int i = 0; i < starts.Length; i++)
        {
            var tensor = tensors[i].Tensor;
            int size = tensor.Shape.Count / tensor.Shape[0];
            ReadNumbers(stream, starts[i] + ((long)first * size * sizeof(float)), tensor.Values.Slice(target * size, count * size));
        }
    }

    /// <summary>Reads what a file tells beside its tensors.</summary>
    /// <param name="stream">Is read from its position on, and is there again afterwards; must be able to seek.</param>
    /// <returns>Texts by name; none if the file tells nothing.</returns>
    /// <exception cref="CheckpointException">The file is damaged, or tells something that is no text.</exception>
    public static IReadOnlyDictionary<string, string> ReadMetadata(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        long start = stream.Position;
        using var header = ReadHeader(stream, out _);
        stream.Position = start;
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        CountEntries(header.RootElement);
        if (!header.RootElement.TryGetProperty(Metadata, out var entries))
            return metadata;
        try
        {
            foreach (var entry in entries.EnumerateObject())
            {
                if (!metadata.TryAdd(entry.Name, entry.Value.GetString() ?? throw new InvalidOperationException()))
                    throw new CheckpointException($"the header's {Metadata} has {entry.Name} twice");
            }
        }
        catch (InvalidOperationException exception)
        {
            throw new CheckpointException($"the header's {Metadata} is no list of texts by name", exception);
        }
        return metadata;
    }

    private static void ReadNumbers(Stream stream, long start, Span<float> numbers)
    {
        stream.Position = start;
        stream.ReadExactly(System.Runtime.InteropServices.MemoryMarshal.AsBytes(numbers));
    }

    /// <summary>Where the numbers of a file's tensors begin, once its header has been checked.</summary>
    private static long[] FindAll(Stream stream, IReadOnlyList<(string Name, Shape Shape)> tensors)
    {
        using var header = ReadHeader(stream, out long dataStart);
        int entries = CountEntries(header.RootElement);
        if (entries != tensors.Count)
            throw new CheckpointException($"the file holds {entries} tensors, the model has {tensors.Count}");
        var places = tensors.Select(tensor => Find(header.RootElement, tensor.Name, tensor.Shape, stream.Length - dataStart)).ToArray();
        RequireNoGaps(places, stream.Length - dataStart);
        return [.. places.Select(place => dataStart + place.Start)];
    }

    private static byte[] Header(IReadOnlyList<(string Name, Tensor Tensor)> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (metadata is { Count: > 0 })
                WriteMetadata(json, metadata);
            long offset = 0;
            foreach (var (name, tensor) in tensors)
            {
                json.WriteStartObject(name);
                json.WriteString("dtype", "F32");
                json.WriteStartArray("shape");
                for (int axis = 0; axis < tensor.Shape.Rank; axis++)
                    json.WriteNumberValue(tensor.Shape[axis]);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(offset);
                json.WriteNumberValue(offset += (long)tensor.Shape.Count * sizeof(float));
                json.WriteEndArray();
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        // Spaces after the header let the numbers start at a multiple of eight.
        while (buffer.Length % sizeof(ulong) != 0)
            buffer.WriteByte((byte)' ');
        return buffer.ToArray();
    }

    private static void WriteMetadata(Utf8JsonWriter json, IReadOnlyDictionary<string, string> metadata)
    {
        json.WriteStartObject(Metadata);
        foreach (var (name, text) in metadata)
            json.WriteString(name, text);
        json.WriteEndObject();
    }

    private static int CountEntries(JsonElement header)
    {
        try
        {
            return FirstTwice(header.EnumerateObject().Select(entry => entry.Name)) is { } twice
                ? throw new CheckpointException($"the header has the name {twice} twice")
                : header.EnumerateObject().Count(entry => !entry.NameEquals(Metadata));
        }
        catch (InvalidOperationException exception)
        {
            throw new CheckpointException("the header has a name that is not valid text", exception);
        }
    }

    private static string? FirstTwice(IEnumerable<string> names)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return names.FirstOrDefault(name => !seen.Add(name));
    }

    private static JsonDocument ReadHeader(Stream stream, out long dataStart)
    {
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        if (stream.ReadAtLeast(length, length.Length, throwOnEndOfStream: false) < length.Length)
            throw new CheckpointException("the file ends before its header");
        ulong bytes = BinaryPrimitives.ReadUInt64LittleEndian(length);
        if (bytes > LongestHeader || (long)bytes > stream.Length - stream.Position)
            throw new CheckpointException($"the header claims {Counted.Of(bytes, "byte")}, the file has {stream.Length}");
        var text = new byte[bytes];
        stream.ReadExactly(text);
        dataStart = stream.Position;
        try
        {
            var header = JsonDocument.Parse(text);
            return header.RootElement.ValueKind == JsonValueKind.Object
                ? header
                : throw new CheckpointException("the header is not a JSON object");
        }
        catch (JsonException exception)
        {
            throw new CheckpointException("the header is not valid JSON", exception);
        }
    }

    /// <summary>Checks that the tensors fill the file, and none lies in another.</summary>
    private static void RequireNoGaps(IEnumerable<(long Start, long End)> places, long dataLength)
    {
        long next = 0;
        foreach (var (start, end) in places.Order())
        {
            if (start != next)
                throw new CheckpointException($"a tensor starts at byte {start} of the data, the one before it ends at {next}; there must be no gaps and no overlaps");
            next = end;
        }
        if (next != dataLength)
            throw new CheckpointException($"the tensors take {Counted.Of(next, "byte")}, the data have {dataLength}");
    }

    /// <summary>Where a tensor's numbers are, once type, shape and place have been checked.</summary>
    private static (long Start, long End) Find(JsonElement header, string name, Shape shape, long dataLength)
    {
        try
        {
            if (!header.TryGetProperty(name, out var entry))
                throw new CheckpointException($"the file has no tensor {name}; it was written by another model");
            if (FirstTwice(entry.EnumerateObject().Select(part => part.Name)) is { } twice)
                throw new CheckpointException($"the header's entry of tensor {name} has {twice} twice");
            int[] sizes = [.. entry.GetProperty("shape").EnumerateArray().Select(size => size.GetInt32())];
            if (sizes.Length > Shape.MaxRank || new Shape(sizes) != shape)
                throw new CheckpointException($"tensor {name} has shape [{string.Join(", ", sizes)}] in the file, {shape} in the model");
            string? type = entry.GetProperty("dtype").GetString();
            if (type != "F32")
                throw new CheckpointException($"tensor {name} holds {type} numbers; F32 is needed");
            long start = entry.GetProperty("data_offsets")[0].GetInt64(), end = entry.GetProperty("data_offsets")[1].GetInt64();
            if (start < 0 || end < start || end > dataLength || end - start != (long)shape.Count * sizeof(float))
                throw new CheckpointException($"tensor {name} lies at bytes {start} to {end} of {dataLength}, which does not fit its shape {shape}");
            return (start, end);
        }
        catch (Exception exception) when (exception is KeyNotFoundException or InvalidOperationException or FormatException
            or IndexOutOfRangeException or ShapeException)
        {
            throw new CheckpointException($"the header's entry of tensor {name} is malformed", exception);
        }
    }
}
