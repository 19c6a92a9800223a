using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>A safetensors file whose header tells what its tensors are the parameters of.</summary>
internal static class EstimatorFile
{
    // The name of the text in the header's metadata.
    private const string Entry = "modularnetworks";
    private const string Unfinished = ".writing";

    /// <summary>Writes a file. One that was there stays until the new one is whole.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var disk = new Disk();
        disk.Write(path + Unfinished, write);
        disk.Move(path + Unfinished, path);
    }

    /// <summary>Writes parameters and what they are of.</summary>
    public static void Write<T>(Stream stream, IReadOnlyList<Parameter> parameters, T content, JsonTypeInfo<T> type) => Safetensors.Write(
        stream, Named(parameters), new Dictionary<string, string> { [Entry] = JsonSerializer.Serialize(content, type) });

    /// <summary>Reads a file.</summary>
    /// <exception cref="CheckpointException">It is not there, damaged, or of something else.</exception>
    public static T Read<T>(string owner, string path, Func<Stream, T> read)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            using var stream = RegularFile.Open(path, long.MaxValue);
            return read(stream);
        }
        catch (Exception exception) when (exception is CheckpointException or IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException($"{owner}: {path} cannot be loaded: {exception.Message}. Give a file that {owner}.Save wrote.", exception);
        }
    }

    /// <summary>Reads what a file tells of its parameters.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="owner">The name of the estimator's type, which the file must tell.</param>
    /// <param name="type">Reads the text.</param>
    /// <exception cref="CheckpointException">The file is damaged, or of something else.</exception>
    public static T ReadContent<T>(Stream stream, string owner, JsonTypeInfo<T> type)
    {
        if (!Safetensors.ReadMetadata(stream).TryGetValue(Entry, out string? text))
            throw new CheckpointException($"its header tells nothing of {Entry}");
        try
        {
            RequireEstimator(text, owner);
            return JsonSerializer.Deserialize(text, type) ?? throw new CheckpointException($"its header's {Entry} is empty");
        }
        catch (JsonException exception)
        {
            throw new CheckpointException($"its header's {Entry} is damaged: {exception.Message}", exception);
        }
    }

    /// <summary>Asks for the kind before all else: another kind tells other things.</summary>
    private static void RequireEstimator(string text, string owner)
    {
        using var document = JsonDocument.Parse(text);
        if (document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("estimator", out var kind)
            && kind.ValueKind == JsonValueKind.String && !kind.ValueEquals(owner))
        {
            string[] kinds = [nameof(ModularClassifier), nameof(ModularRegressor), nameof(ModularLanguageModel)];
            throw new CheckpointException($"it holds {(Array.Find(kinds, known => kind.ValueEquals(known)) is { } found ? $"a {found}" : "another kind of estimator")}");
        }
    }

    /// <summary>Reads parameters.</summary>
    /// <exception cref="CheckpointException">The file is damaged, or has others.</exception>
    public static void ReadParameters(Stream stream, IReadOnlyList<Parameter> parameters)
    {
        try
        {
            Safetensors.Read(stream, Named(parameters));
        }
        catch (EndOfStreamException exception)
        {
            throw new CheckpointException("it ends before its tensors do", exception);
        }
    }

    private static List<(string Name, Tensor Tensor)> Named(IReadOnlyList<Parameter> parameters) =>
        [.. parameters.Select(parameter => (parameter.Name, parameter.Value))];
}
