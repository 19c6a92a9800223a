using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ModularNetworks.Experiments;

/// <summary>Writes and reads measurements: an entry a part of the data, and after the first part what was selected there.</summary>
internal sealed class MeasurementConverter : JsonConverter<Measurement>
{
    // The other objects of lines of metrics and of summaries.
    private static readonly string[] NoSplits = ["eStep", "best", "stepMilliseconds"];

    /// <summary>The entries of a measurement, in the order in which files hold them.</summary>
    public static IEnumerable<RecordEntry> Entries(Measurement measured)
    {
        foreach (var (place, split) in measured.Splits.Index())
        {
            yield return RecordEntry.Of(
                split.Name, new OrderedDictionary<string, double?>(split.Numbers.Select(number => KeyValuePair.Create(number.Name, number.Value))));
            if (place > 0 || measured.Selection is null)
                continue;
            foreach (var entry in RecordJson.Entries(measured.Selection))
                yield return entry;
        }
        if (measured.Solved is { } solved)
            yield return RecordEntry.Of("solved", solved);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Measurement value, JsonSerializerOptions options) => RecordJson.WriteEntries(writer, Entries(value));

    /// <summary>Reads a measurement from the file that it is a part of; what steps tell of training is among the numbers of <c>train</c>.</summary>
    public override Measurement Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var written = JsonElement.ParseValue(ref reader);
        return new Measurement
        {
            Splits = [.. written.EnumerateObject().Where(IsSplit).Select(split => ReadSplit(split, options))],
            Selection = written.TryGetProperty("usage", out _) ? RecordJson.Read<SelectionMetrics>(written) : null,
            Solved = written.TryGetProperty("solved", out var solved) ? solved.Deserialize(Contract<bool>(options)) : null,
        };
    }

    private static bool IsSplit(JsonProperty entry) => entry.Value.ValueKind == JsonValueKind.Object && !NoSplits.Contains(entry.Name);

    private static SplitResult ReadSplit(JsonProperty split, JsonSerializerOptions options)
    {
        var numbers = split.Value.Deserialize(Contract<OrderedDictionary<string, double?>>(options))!;
        return new SplitResult(split.Name, [.. numbers.Select(number => (number.Key, number.Value))]);
    }

    private static JsonTypeInfo<T> Contract<T>(JsonSerializerOptions options) => (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
}
