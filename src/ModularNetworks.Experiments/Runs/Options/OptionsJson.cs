using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>Options as <c>config.json</c>, and changes to them by name.</summary>
public static class OptionsJson
{
    /// <summary>Every option, resolved.</summary>
    public static string Write(RunOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        using var written = new MemoryStream();
        using (var writer = new Utf8JsonWriter(written, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in Entries(options))
            {
                writer.WritePropertyName(name);
                value.WriteTo(writer);
            }
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(written.ToArray());
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="text">The content of the file.</param>
    /// <param name="path">The file, for messages.</param>
    /// <param name="defaults">Makes the options of every known experiment, by its name.</param>
    /// <exception cref="RunException">The text is not the options of a known experiment.</exception>
    internal static RunOptions Read(string text, string path, IReadOnlyDictionary<string, Func<RunOptions>> defaults)
    {
        string? experiment = ExperimentOf(text, path);
        if (experiment is null || !defaults.TryGetValue(experiment, out var create))
            throw new RunException($"{path}: experiment is {experiment ?? "not named"}; {Names(defaults.Keys)} was expected.");
        return Reading(path, () => FromEntries(create(), EarlierConfig.Migrate(Entries(StrictJson.Parse(text)))));
    }

    /// <summary>The name of the experiment; null if none is named.</summary>
    /// <param name="text">The content of <c>config.json</c>.</param>
    /// <param name="path">The file, for messages.</param>
    /// <exception cref="RunException">The text is no configuration.</exception>
    internal static string? ExperimentOf(string text, string path) =>
        Reading(path, () => StrictJson.Parse(text).TryGetProperty("experiment", out var name) && name.ValueKind == JsonValueKind.String ? name.GetString() : null);

    private static TResult Reading<TResult>(string path, Func<TResult> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            throw new RunException($"{path}: this is not a run's configuration: {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            throw new RunException($"{path}: this is not a run's configuration: {JsonFault.Of(exception)}", exception);
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
        var entries = Entries(options);
        foreach (string setting in settings)
        {
            string[] parts = setting.Split('=', 2);
            if (parts.Length != 2)
                throw new RunException($"--set {setting}: expected key=value, such as learningRate=0.001.");
            string key = parts[0].Trim(), value = parts[1].Trim();
            if (!entries.TryGetValue(key, out var before) || key.Equals("experiment", StringComparison.OrdinalIgnoreCase))
            {
                throw new RunException(
                    $"--set {setting}: there is no option {key}. The options are {string.Join(", ", Names(options))}.");
            }
            entries[key] = before.ValueKind switch
            {
                JsonValueKind.Number => Number(setting, value),
                JsonValueKind.True or JsonValueKind.False => TrueOrFalse(setting, value),
                _ => OptionValue.Text(value),
            };
            Check(options, entries[key], key, setting);
        }
        return (TOptions)FromEntries(DefaultsOf(options), entries);
    }

    /// <summary>The names of the options that can be set.</summary>
    public static IEnumerable<string> Names(RunOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Entries(options).Keys.Where(key => key != "experiment");
    }

    /// <summary>An option's value as text.</summary>
    public static string Value(RunOptions options, string key)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Text(Entries(options)[key]);
    }

    /// <summary>The options of which two runs have different values.</summary>
    /// <returns>Their names with both values; none if the runs are the same.</returns>
    public static IEnumerable<(string Name, string First, string Second)> Differences(RunOptions first, RunOptions second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        var one = Entries(first);
        var other = Entries(second);
        return one.Keys.Union(other.Keys)
            .Select(name => (name, Text(one.GetValueOrDefault(name)), Text(other.GetValueOrDefault(name))))
            .Where(entry => entry.Item2 != entry.Item3);
    }

    /// <summary>The options with their values, in the order of <c>config.json</c>; names are found in upper and lower case.</summary>
    internal static OrderedDictionary<string, JsonElement> Entries(RunOptions options) => new(
        OptionMember.Of(options).Select(member => KeyValuePair.Create(member.Name, OptionValue.Write(member.Get(options)))),
        StringComparer.OrdinalIgnoreCase);

    private static OrderedDictionary<string, JsonElement> Entries(JsonElement options) => new(
        options.EnumerateObject().Select(option => KeyValuePair.Create(option.Name, option.Value)), StringComparer.OrdinalIgnoreCase);

    /// <summary>A value as text: a text without its quotes; nothing where there is no value.</summary>
    internal static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined => "",
        JsonValueKind.String => value.GetString()!,
        _ => value.GetRawText(),
    };

    // Options that nothing else refers to, and so do their groups.
    private static RunOptions DefaultsOf(RunOptions options) => (RunOptions)Activator.CreateInstance(options.GetType())!;

    // Entries that are no options are passed over.
    private static RunOptions FromEntries(RunOptions defaults, IReadOnlyDictionary<string, JsonElement> entries)
    {
        var members = OptionMember.Of(defaults).ToDictionary(member => member.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in entries)
        {
            if (members.TryGetValue(name, out var member))
                member.Set(defaults, Read(value, member));
        }
        return defaults;
    }

    private static object? Read(JsonElement written, OptionMember member)
    {
        if (written.ValueKind == JsonValueKind.Null && Nullable.GetUnderlyingType(member.Property.PropertyType) is null)
            throw new JsonException($"{member.Name} is null; a value was expected.");
        try
        {
            return OptionValue.Read(written, member.Property.PropertyType);
        }
        catch (JsonException)
        {
            throw new JsonException($"{member.Name} is {written.GetRawText()}; {Rule(member)}");
        }
    }

    private static JsonElement TrueOrFalse(string setting, string value) => bool.TryParse(value, out bool parsed)
        ? OptionValue.Write(parsed)
        : throw new RunException($"--set {setting}: the value must be true or false.");

    private static JsonElement Number(string setting, string value)
    {
        try
        {
            if (JsonElement.Parse(value) is { ValueKind: JsonValueKind.Number } number)
                return number;
        }
        catch (JsonException)
        {
            // Said below.
        }
        throw new RunException($"--set {setting}: the value must be a number.");
    }

    private static void Check(RunOptions options, JsonElement value, string key, string setting)
    {
        var member = OptionMember.Of(options).First(member => member.Name.Equals(key, StringComparison.OrdinalIgnoreCase));
        try
        {
            OptionValue.Read(value, member.Property.PropertyType);
        }
        catch (JsonException)
        {
            throw new RunException($"--set {setting}: {Rule(member)}");
        }
    }

    private static string Rule(OptionMember member) => !member.Property.PropertyType.IsEnum
        ? "the value is out of range, or a whole number is needed."
        : $"the value must be one of {OptionValue.Names(member.Property.PropertyType)}.";
}
