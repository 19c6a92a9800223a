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
    /// <param name="text">The content of the file.</param>
    /// <param name="path">The file, for messages.</param>
    /// <param name="types">The type of the options of every known experiment, by its name.</param>
    /// <exception cref="RunException">The text is not the options of a known experiment.</exception>
    internal static RunOptions Read(string text, string path, IReadOnlyDictionary<string, Type> types)
    {
        string? experiment = ExperimentOf(text, path);
        if (experiment is null || !types.TryGetValue(experiment, out var type))
            throw new RunException($"{path}: experiment is {experiment ?? "not named"}; {Names(types.Keys)} was expected.");
        return Reading(path, () => (RunOptions?)JsonSerializer.Deserialize(text, type, Format))
            ?? throw new RunException($"{path}: the file holds no options.");
    }

    /// <summary>The name of the experiment; null if none is named.</summary>
    /// <param name="text">The content of <c>config.json</c>.</param>
    /// <param name="path">The file, for messages.</param>
    /// <exception cref="RunException">The text is no configuration.</exception>
    internal static string? ExperimentOf(string text, string path) =>
        Reading(path, () => JsonNode.Parse(text)?["experiment"]?.GetValue<string>());

    private static TResult Reading<TResult>(string path, Func<TResult> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException
            or ArgumentException)
        {
            throw new RunException($"{path}: this is not a run's configuration: {exception.Message}", exception);
        }
    }

    private static string Names(IEnumerable<string> experiments) => experiments.ToArray() is [.. var most, var last] && most.Length > 0
        ? $"{string.Join(", ", most)} or {last}"
        : string.Concat(experiments);

    /// <summary>Changes options by name: <c>key=value</c>.</summary>
    /// <exception cref="RunException">An option does not exist, or the value is not of its kind.</exception>
    public static TOptions With<TOptions>(TOptions options, IEnumerable<string> settings)
        where TOptions : RunOptions
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(settings);
        var type = options.GetType();
        var node = ToNode(options);
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
            Check(type, node, key, setting);
        }
        return (TOptions)node.Deserialize(type, Format)!;
    }

    /// <summary>The names of the options that can be set.</summary>
    public static IEnumerable<string> Names(RunOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Names(ToNode(options));
    }

    /// <summary>An option's value as text.</summary>
    public static string Value(RunOptions options, string key)
    {
        ArgumentNullException.ThrowIfNull(options);
        return ToNode(options)[key]!.ToString();
    }

    /// <summary>The options of which two runs have different values.</summary>
    /// <returns>Their names with both values; none if the runs are the same.</returns>
    public static IEnumerable<(string Name, string First, string Second)> Differences(RunOptions first, RunOptions second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        var one = ToNode(first);
        var other = ToNode(second);
        return one.Select(entry => entry.Key).Union(other.Select(entry => entry.Key))
            .Select(name => (name, $"{one[name]}", $"{other[name]}"))
            .Where(entry => entry.Item2 != entry.Item3);
    }

    private static JsonObject ToNode(RunOptions options) => JsonSerializer.SerializeToNode(options, options.GetType(), Format)!.AsObject();

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

    private static void Check(Type options, JsonObject node, string key, string setting)
    {
        try
        {
            node.Deserialize(options, Format);
        }
        catch (JsonException)
        {
            throw new RunException($"--set {setting}: {Rule(options, key)}");
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
