using System.CommandLine;
using ModularNetworks.Data;
using ModularNetworks.Experiments;

namespace ModularNetworks.Cli.Training;

/// <summary>The options that all commands which train on data from files share: where the data are, and a preset.</summary>
internal sealed class DataInputs
{
    private readonly DataLocation _location;
    private readonly ExperimentKind _kind;
    private readonly string _defaultPreset;

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="location">The places where data are looked for.</param>
    /// <param name="kind">The kind of experiment.</param>
    /// <param name="defaultPreset">The preset that holds if none is named.</param>
    public DataInputs(Command command, DataLocation location, ExperimentKind kind, string defaultPreset)
    {
        (_location, _kind, _defaultPreset) = (location, kind, defaultPreset);
        Data = new Option<string?>("--data")
        {
            Description = "The folder, archive or text file with the data. (default: "
                + $"${DataLocation.VariableName}/{kind.DataSet}, else modnet/data/{kind.DataSet} in the user's cache folder)",
            HelpName = "PATH",
        };
        Preset = new Option<string?>("--preset")
        {
            Description = $"Options to start from: {kind.Presets.Description}. (default: {defaultPreset})",
        };
        command.Options.Add(Data);
        if (kind.Presets.CanBeChosen)
            command.Options.Add(Preset);
    }

    /// <summary>The preset that holds if none is named, on all cores.</summary>
    public DataRunOptions Defaults => OnAllCores(_defaultPreset);

    /// <summary>The option --data: where the data are.</summary>
    public Option<string?> Data { get; }

    /// <summary>The option --preset: the preset's name.</summary>
    public Option<string?> Preset { get; }

    /// <summary>The name of the preset that is asked for.</summary>
    public string PresetName(ParseResult result) => (_kind.Presets.CanBeChosen ? result.GetValue(Preset) : null) ?? _defaultPreset;

    /// <summary>The options of the preset that is asked for.</summary>
    /// <exception cref="RunException">No preset has that name.</exception>
    public DataRunOptions ReadPreset(ParseResult result) => OnAllCores(PresetName(result));

    /// <summary>The path of the data: as --data says, else as --set data=... says, else the usual place.</summary>
    /// <exception cref="DataException">The data are not there.</exception>
    public string Locate(ParseResult result, string set = "") => Path.TrimEndingDirectorySeparator(
        Path.GetFullPath(_location.Resolve(
            result.GetValue(Data) ?? (set.Length > 0 ? set : null), _kind.DataSet, DataSets.All.Any(dataSet => dataSet.Name == _kind.DataSet))));

    private DataRunOptions OnAllCores(string preset) =>
        (DataRunOptions)_kind.Presets.Get(preset) with { Threads = Math.Min(Environment.ProcessorCount, RunOptions.MostThreads) };
}
