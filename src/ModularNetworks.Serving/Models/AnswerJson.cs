using System.Text.Json;
using ModularNetworks.Experiments;

namespace ModularNetworks.Serving;

/// <summary>Writes the parts that all answers and descriptions have.</summary>
internal static class AnswerJson
{
    /// <summary>Writes a list of texts.</summary>
    public static void WriteTexts(this Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    /// <summary>Writes the most probable class, and the probabilities of all that are told.</summary>
    public static void WriteClasses(this Utf8JsonWriter json, IReadOnlyList<ClassProbability> classes)
    {
        json.WriteString("class", classes[0].Class);
        json.WriteStartObject("probabilities");
        foreach (var (name, probability) in classes)
            json.WriteNumber(name, probability);
        json.WriteEndObject();
    }

    /// <summary>Writes the modules that decided, layer by layer.</summary>
    public static void WriteModules(this Utf8JsonWriter json, IReadOnlyList<Experiments.LayerModules> layers)
    {
        json.WriteStartObject("modules");
        foreach (var (layer, modules) in layers)
            json.WriteNumbers(layer, modules);
        json.WriteEndObject();
    }

    /// <summary>Writes a list of numbers.</summary>
    public static void WriteNumbers(this Utf8JsonWriter json, string name, IEnumerable<int> numbers)
    {
        json.WriteStartArray(name);
        foreach (int number in numbers)
            json.WriteNumberValue(number);
        json.WriteEndArray();
    }
}
