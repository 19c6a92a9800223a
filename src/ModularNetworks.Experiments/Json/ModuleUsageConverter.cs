using System.Text.Json;
using System.Text.Json.Serialization;

namespace ModularNetworks.Experiments;

/// <summary>Writes and reads the use of modules: a list of shares a layer; of a network's only layer, the shares without a list around them.</summary>
internal sealed class ModuleUsageConverter : JsonConverter<ModuleUsage>
{
    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, ModuleUsage value, JsonSerializerOptions options)
    {
        if (value.IsOfOneLayer)
            JsonSerializer.Serialize(writer, value.Layers.Count > 0 ? value.Layers[0] : [], RecordTypes.Default.IReadOnlyListDouble);
        else
            JsonSerializer.Serialize(writer, value.Layers, RecordTypes.Default.IReadOnlyListIReadOnlyListDouble);
    }

    /// <inheritdoc/>
    public override ModuleUsage Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var usage = JsonElement.ParseValue(ref reader);
        return usage.ValueKind == JsonValueKind.Array && usage.EnumerateArray().FirstOrDefault().ValueKind == JsonValueKind.Array
            ? new ModuleUsage(usage.Deserialize(RecordTypes.Default.DoubleArrayArray)!, IsOfOneLayer: false)
            : ModuleUsage.OfOneLayer(usage.Deserialize(RecordTypes.Default.DoubleArray)!);
    }
}
