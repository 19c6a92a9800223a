using System.Text.Json;

namespace ModularNetworks.Serving;

/// <summary>Tells what models take and answer, for programs and for the page.</summary>
internal static class ModelDescriptions
{
    /// <summary>Describes models.</summary>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<ServedModel> models)
    {
        json.WriteStartObject();
        json.WriteStartArray("models");
        foreach (var model in models)
            Write(json, model);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Describes a model.</summary>
    public static void Write(Utf8JsonWriter json, ServedModel model)
    {
        json.WriteStartObject();
        json.WriteString("name", model.Name);
        json.WriteString("kind", model.Kind);
        model.Describe(json);
        json.WriteStartArray("layers");
        foreach (var layer in model.Layers)
        {
            json.WriteStartObject();
            json.WriteString("name", layer.Name);
            json.WriteNumber("modules", layer.Modules);
            json.WriteNumber("picks", layer.Picks);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
