using System.Text.Json;

namespace ModularNetworks.Experiments;

/// <summary>Reads configurations that earlier versions wrote.</summary>
internal static class EarlierConfig
{
    private const string Mixed = "mixedModules";

    /// <summary>
    /// Makes a configuration tell what its run did: earlier versions mixed all modules where <c>mixedModules</c> was more, which this one
    /// refuses.
    /// </summary>
    /// <param name="config">The options by name.</param>
    /// <returns>The options, changed or as they are.</returns>
    public static IReadOnlyDictionary<string, JsonElement> Migrate(IReadOnlyDictionary<string, JsonElement> config)
    {
        bool isMixture = config.TryGetValue("method", out var method) && method.ValueKind == JsonValueKind.String && method.ValueEquals(TrainingMethods.TopK);
        return isMixture && NumberOf(config, "modules") is { } modules && NumberOf(config, Mixed) > modules
            ? new OrderedDictionary<string, JsonElement>(config) { [config.Keys.First(IsMixed)] = config["modules"] }
            : config;
    }

    // Names are found in upper and lower case where the configuration allows it.
    private static bool IsMixed(string option) => option.Equals(Mixed, StringComparison.OrdinalIgnoreCase);

    private static long? NumberOf(IReadOnlyDictionary<string, JsonElement> config, string option) =>
        config.TryGetValue(option, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number) ? number : null;
}
