using System.Text.Json;

namespace ModularNetworks.Experiments;

/// <summary>Reads configurations that earlier versions wrote.</summary>
internal static class EarlierConfig
{
    private const string Mixed = "mixedModules";
    private const string Channels = "channels";
    private const string Spelling = "spelling";
    private const int Color = 3;

    /// <summary>Makes a configuration tell what its run did.</summary>
    /// <param name="config">The options by name.</param>
    /// <returns>The options, changed or as they are.</returns>
    public static IReadOnlyDictionary<string, JsonElement> Migrate(IReadOnlyDictionary<string, JsonElement> config) =>
        MigrateTable(MigrateImages(MigrateText(MigrateMixture(config))));

    /// <summary>Earlier versions read numbers and dates in the usual ways alone.</summary>
    private static IReadOnlyDictionary<string, JsonElement> MigrateTable(IReadOnlyDictionary<string, JsonElement> config) =>
        IsText(config, "experiment", "table") && !config.ContainsKey(Spelling)
            ? new OrderedDictionary<string, JsonElement>(config) { [Spelling] = OptionValue.Write("plain") }
            : config;

    /// <summary>Earlier versions made three channels of all images, grey ones too.</summary>
    private static IReadOnlyDictionary<string, JsonElement> MigrateImages(IReadOnlyDictionary<string, JsonElement> config) =>
        IsText(config, "experiment", "images") && !config.ContainsKey(Channels)
            ? new OrderedDictionary<string, JsonElement>(config) { [Channels] = OptionValue.Write(Color) }
            : config;

    /// <summary>Earlier versions cut texts by units, and called the units otherwise.</summary>
    private static IReadOnlyDictionary<string, JsonElement> MigrateText(IReadOnlyDictionary<string, JsonElement> config)
    {
        if (!IsText(config, "experiment", "text") || config.ContainsKey("split"))
            return config;
        var migrated = config.ToDictionary(option => Is(option.Key, "unit") ? "tokens" : option.Key, option => option.Value);
        migrated["split"] = OptionValue.Text("units");
        return migrated;
    }

    /// <summary>Earlier versions mixed all modules where <c>mixedModules</c> was more, which this one refuses.</summary>
    private static IReadOnlyDictionary<string, JsonElement> MigrateMixture(IReadOnlyDictionary<string, JsonElement> config)
    {
        bool isMixture = IsText(config, "method", TrainingMethods.TopK);
        return isMixture && NumberOf(config, "modules") is { } modules && NumberOf(config, Mixed) > modules
            ? new OrderedDictionary<string, JsonElement>(config) { [config.Keys.First(option => Is(option, Mixed))] = config["modules"] }
            : config;
    }

    private static bool IsText(IReadOnlyDictionary<string, JsonElement> config, string option, string text) =>
        config.TryGetValue(option, out var value) && value.ValueKind == JsonValueKind.String && value.ValueEquals(text);

    // Names are found in upper and lower case where the configuration allows it.
    private static bool Is(string option, string name) => option.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static long? NumberOf(IReadOnlyDictionary<string, JsonElement> config, string option) =>
        config.TryGetValue(option, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number) ? number : null;
}
