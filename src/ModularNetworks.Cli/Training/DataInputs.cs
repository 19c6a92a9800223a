using System.CommandLine;
using ModularNetworks.Data;
using ModularNetworks.Experiments;

namespace ModularNetworks.Cli.Training;

/// <summary>The options that all commands which train on data from files share: where the data are, and a preset.</summary>
/// <typeparam name="TOptions">The experiment's options.</typeparam>
internal sealed class DataInputs<TOptions>
    where TOptions : DataRunOptions
{
    private readonly DataLocation _location;
    private readonly Func<string, TOptions> _presets;
    private readonly string _defaultPreset;
    private readonly string _name;

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="location">The places where data are looked for.</param>
    /// <param name="presets">The options of a preset.</param>
    /// <param name="presetNames">The presets' names with what they are.</param>
    /// <param name="defaultPreset">The preset that holds if none is named.</param>
    public DataInputs(
        Command command, DataLocation location, Func<string, TOptions> presets, string presetNames, string defaultPreset)
    {
        (_location, _presets, _defaultPreset) = (location, presets, defaultPreset);
        _name = Defaults.Experiment;
        Data = new Option<string?>("--data")
        {
            Description = "The folder or archive with the data. (default: "
                + $"${DataLocation.VariableName}/{_name}, else modnet/data/{_name} in the user's cache folder)",
            HelpName = "DIR",
        };
        Preset = new Option<string?>("--preset")
        {
            Description = $"Options to start from: {presetNames}. (default: {defaultPreset})",
        };
        command.Options.Add(Data);
        command.Options.Add(Preset);
    }

    /// <summary>The preset that holds if none is named, on all cores.</summary>
    public TOptions Defaults => OnAllCores(_defaultPreset);

    /// <summary>The option --data: the folder or archive with the data.</summary>
    public Option<string?> Data { get; }

    /// <summary>The option --preset: the preset's name.</summary>
    public Option<string?> Preset { get; }

    /// <summary>The name of the preset that is asked for.</summary>
    public string PresetName(ParseResult result) => result.GetValue(Preset) ?? _defaultPreset;

    /// <summary>The options of the preset that is asked for.</summary>
    /// <exception cref="RunException">No preset has that name.</exception>
    public TOptions ReadPreset(ParseResult result) => OnAllCores(PresetName(result));

    /// <summary>The path of the data: as --data says, else as --set data=... says, else the usual place.</summary>
    /// <exception cref="DataException">The data are not there.</exception>
    public string Locate(ParseResult result, string set = "") => Path.TrimEndingDirectorySeparator(
        Path.GetFullPath(_location.Resolve(result.GetValue(Data) ?? (set.Length > 0 ? set : null), _name)));

    private TOptions OnAllCores(string preset) =>
        _presets(preset) with { Threads = Math.Min(Environment.ProcessorCount, RunOptions.MostThreads) };
}
