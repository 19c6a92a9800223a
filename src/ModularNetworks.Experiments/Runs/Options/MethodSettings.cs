namespace ModularNetworks.Experiments;

/// <summary>Finds settings without an effect: options of a training method that is not used.</summary>
public static class MethodSettings
{
    private static readonly (string Method, OptionGroup Group)[] Groups =
        [(TrainingMethods.Reinforce, new ReinforceSettings()), (TrainingMethods.TopK, new TopKSettings())];

    /// <summary>Demands that settings are of options that the training method reads.</summary>
    /// <param name="options">The options.</param>
    /// <param name="settings">The settings, <c>key=value</c>, which are among the options already.</param>
    /// <exception cref="RunException">A setting is of an option that another method alone reads.</exception>
    public static void RequireEffect(RunOptions options, IEnumerable<string> settings)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(settings);
        foreach (string setting in settings)
        {
            if (MethodOf(setting.Split('=')[0].Trim()) is { } method && method != options.Method)
                throw new RunException($"--set {setting}: has an effect with --method {method} only, and the method is {options.Method}. Leave it out.");
        }
    }

    /// <summary>Whether a training method reads an option.</summary>
    /// <param name="method">One of <see cref="TrainingMethods"/>.</param>
    /// <param name="option">The option's name.</param>
    internal static bool HasEffect(string method, string option) => MethodOf(option) is not { } only || only == method;

    // Names are found in upper and lower case.
    private static string? MethodOf(string option) => Groups
        .Where(one => OptionProperties.Of(one.Group).Any(member => member.Name.Equals(option, StringComparison.OrdinalIgnoreCase)))
        .Select(one => one.Method)
        .FirstOrDefault();
}
