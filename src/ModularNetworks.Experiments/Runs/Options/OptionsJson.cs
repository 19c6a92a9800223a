using System.Text.Json;
using System.Text.Json.Nodes;

namespace ModularNetworks.Experiments;

/// <summary>Options as <c>config.json</c>, and changes to them by name.</summary>
public static class OptionsJson
{
    private static readonly JsonSerializerOptions Format = OptionsContract.Format;

    /// <summary>Every option, resolved.</summary>
    public static string Write(RunOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return JsonSerializer.Serialize(options, options.GetType(), Format);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="RunException">The text is not the options of a known experiment.</exception>
    public static RunOptions Read(string text, string path)
    {
        try
        {
            string? experiment = JsonNode.Parse(text)?["experiment"]?.GetValue<string>();
            RunOptions? options = experiment switch
            {
                ToyOptions.Name => JsonSerializer.Deserialize<ToyOptions>(text, Format),
                LanguageModelOptions.Name => JsonSerializer.Deserialize<LanguageModelOptions>(text, Format),
                Cifar10Options.Name => JsonSerializer.Deserialize<Cifar10Options>(text, Format),
                OptdigitsOptions.Name => JsonSerializer.Deserialize<OptdigitsOptions>(text, Format),
                ImageFolderOptions.Name => JsonSerializer.Deserialize<ImageFolderOptions>(text, Format),
                _ => throw new RunException(
                    $"{path}: experiment is {experiment ?? "not named"}; toy, ptb, cifar10, optdigits or images was expected."),
            };
            return options ?? throw new RunException($"{path}: the file holds no options.");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException
            or ArgumentException)
        {
            throw new RunException($"{path}: this is not a run's configuration: {exception.Message}", exception);
        }
    }

    /// <summary>Changes options by name: <c>key=value</c>.</summary>
    /// <exception cref="RunException">An option does not exist, or the value is not of its kind.</exception>
    public static TOptions With<TOptions>(TOptions options, IEnumerable<string> settings)
        where TOptions : RunOptions
    {
        ArgumentNullException.ThrowIfNull(settings);
        var node = JsonSerializer.SerializeToNode(options, Format)!.AsObject();
        foreach (string setting in settings)
        {
            string[] parts = setting.Split('=', 2);
            if (parts.Length != 2)
                throw new RunException($"--set {setting}: expected key=value, such as learningRate=0.001.");
            string key = parts[0].Trim(), value = parts[1].Trim();
            if (!node.ContainsKey(key) || key.Equals("experiment", StringComparison.OrdinalIgnoreCase))
            {
                throw new RunException(
                    $"--set {setting}: there is no option {key}. The options are {string.Join(", ", Names(node))}.");
            }
            node[key] = node[key]!.GetValueKind() switch
            {
                JsonValueKind.Number => Number(setting, value),
                JsonValueKind.True or JsonValueKind.False => TrueOrFalse(setting, value),
                _ => value,
            };
            Check<TOptions>(node, key, setting);
        }
        return node.Deserialize<TOptions>(Format)!;
    }

    /// <summary>The names of the options that can be set.</summary>
    public static IEnumerable<string> Names(RunOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Names(JsonSerializer.SerializeToNode(options, options.GetType(), Format)!.AsObject());
    }

    /// <summary>An option's value as text.</summary>
    public static string Value(RunOptions options, string key)
    {
        ArgumentNullException.ThrowIfNull(options);
        return JsonSerializer.SerializeToNode(options, options.GetType(), Format)![key]!.ToString();
    }

    /// <summary>The options of which two runs have different values.</summary>
    /// <returns>Their names with both values; none if the runs are the same.</returns>
    public static IEnumerable<(string Name, string First, string Second)> Differences(RunOptions first, RunOptions second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        var one = JsonSerializer.SerializeToNode(first, first.GetType(), Format)!.AsObject();
        var other = JsonSerializer.SerializeToNode(second, second.GetType(), Format)!.AsObject();
        return one.Select(entry => entry.Key).Union(other.Select(entry => entry.Key))
            .Select(name => (name, $"{one[name]}", $"{other[name]}"))
            .Where(entry => entry.Item2 != entry.Item3);
    }

    private static IEnumerable<string> Names(JsonObject node) =>
        node.Select(entry => entry.Key).Where(key => key != "experiment");

    private static bool TrueOrFalse(string setting, string value) => bool.TryParse(value, out bool parsed)
        ? parsed
        : throw new RunException($"--set {setting}: the value must be true or false.");

    private static JsonValue Number(string setting, string value)
    {
        try
        {
            if (JsonNode.Parse(value) is JsonValue number && number.GetValueKind() == JsonValueKind.Number)
                return number;
        }
        catch (JsonException)
        {
            // Said below.
        }
        throw new RunException($"--set {setting}: {value} is not a number.");
    }

    private static void Check<TOptions>(JsonObject node, string key, string setting)
    {
        try
        {
            node.Deserialize<TOptions>(Format);
        }
        catch (JsonException)
        {
            throw new RunException($"--set {setting}: {Rule(typeof(TOptions), key)}");
        }
    }

    private static string Rule(Type options, string key)
    {
        var type = Format.GetTypeInfo(options).Properties
            .First(property => property.Name.Equals(key, StringComparison.OrdinalIgnoreCase)).PropertyType;
        return !type.IsEnum
            ? "the value is out of range, or a whole number is needed."
            : $"the value must be one of {string.Join(", ", Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName))}.";
    }
}
