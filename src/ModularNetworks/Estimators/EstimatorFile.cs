using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>A safetensors file whose header tells what its tensors are the parameters of.</summary>
internal static class EstimatorFile
{
    // The name of the text in the header's metadata.
    private const string Entry = "modularnetworks";
    // The name of their checksum.
    private const string Checksum = "sha256";

    private static readonly (string Name, EstimatorKind Kind)[] Kinds =
    [
        (nameof(ModularClassifier), EstimatorKind.Classifier),
        (nameof(ModularRegressor), EstimatorKind.Regressor),
        (nameof(ModularLanguageModel), EstimatorKind.LanguageModel),
    ];

    /// <summary>Writes parameters and what they are of.</summary>
    public static void Write<T>(Stream stream, IReadOnlyList<Parameter> parameters, T content, JsonTypeInfo<T> type) =>
        Write(stream, parameters, JsonSerializer.Serialize(content, type));

    /// <summary>Writes parameters and a text that tells what they are of.</summary>
    public static void Write(Stream stream, IReadOnlyList<Parameter> parameters, string text) => Safetensors.Write(
        stream, Named(parameters), new Dictionary<string, string> { [Entry] = text, [Checksum] = EstimatorChecksum.Of(text, parameters) });

    /// <summary>Reads which estimator wrote a file.</summary>
    /// <exception cref="CheckpointException">The file is damaged, or of something else.</exception>
    public static EstimatorKind ReadKind(Stream stream)
    {
        try
        {
            using var document = JsonDocument.Parse(ReadText(stream));
            return NameOf(document) is { } name && Kinds.FirstOrDefault(known => known.Name == name) is { Name: not null } found
                ? found.Kind
                : throw new CheckpointException("it holds another kind of estimator");
        }
        catch (JsonException exception)
        {
            throw Damaged(exception);
        }
    }

    /// <summary>Reads what a file tells of its parameters.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="owner">The name of the estimator's type, which the file must tell.</param>
    /// <param name="type">Reads the text.</param>
    /// <exception cref="CheckpointException">The file is damaged, or of something else.</exception>
    public static T ReadContent<T>(Stream stream, string owner, JsonTypeInfo<T> type)
    {
        string text = ReadText(stream);
        try
        {
            RequireEstimator(text, owner);
            return JsonSerializer.Deserialize(text, type) ?? throw new CheckpointException($"its header's {Entry} is empty");
        }
        catch (JsonException exception)
        {
            throw Damaged(exception);
        }
    }

    /// <summary>Asks for the kind before all else: another kind tells other things.</summary>
    private static void RequireEstimator(string text, string owner)
    {
        using var document = JsonDocument.Parse(text);
        if (NameOf(document) is { } name && name != owner)
            throw new CheckpointException($"it holds {(Kinds.Any(known => known.Name == name) ? $"a {name}" : "another kind of estimator")}");
    }

    private static string ReadText(Stream stream) =>
        Safetensors.ReadMetadata(stream).TryGetValue(Entry, out string? text) ? text : throw new CheckpointException($"its header tells nothing of {Entry}");

    private static string? NameOf(JsonDocument document)
    {
        try
        {
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("estimator", out var kind) && kind.ValueKind == JsonValueKind.String
                ? kind.GetString()
                : null;
        }
        catch (InvalidOperationException exception)
        {
            // Half a surrogate pair, which JSON can write and no text has.
            throw new JsonException(exception.Message, exception);
        }
    }

    private static CheckpointException Damaged(JsonException exception) => new($"its header's {Entry} is damaged: {JsonFault.Of(exception)}", exception);

    /// <summary>Reads parameters, and checks them and what the file tells of them.</summary>
    /// <exception cref="CheckpointException">The file is damaged, or has others.</exception>
    public static void ReadParameters(Stream stream, IReadOnlyList<Parameter> parameters)
    {
        var metadata = Safetensors.ReadMetadata(stream);
        if (!metadata.TryGetValue(Checksum, out string? told))
            throw new CheckpointException($"its header has no checksum, {Checksum}");
        try
        {
            Safetensors.Read(stream, Named(parameters));
        }
        catch (EndOfStreamException exception)
        {
            throw new CheckpointException("it ends before its tensors do", exception);
        }
        string found = EstimatorChecksum.Of(metadata[Entry], parameters);
        if (told != found)
            throw new CheckpointException($"it is damaged: its content has the SHA-256 {found}, its header tells {told}");
    }

    private static List<(string Name, Tensor Tensor)> Named(IReadOnlyList<Parameter> parameters) =>
        [.. parameters.Select(parameter => (parameter.Name, parameter.Value))];
}
