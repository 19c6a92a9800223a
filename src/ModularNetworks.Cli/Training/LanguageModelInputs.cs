using System.CommandLine;
using ModularNetworks.Data;
using ModularNetworks.Experiments;

namespace ModularNetworks.Cli.Training;

/// <summary>The options that all commands which train the language model share: where the text is, and a preset.</summary>
internal sealed class LanguageModelInputs
{
    private readonly DataLocation _location;

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="location">Where data are looked for.</param>
    public LanguageModelInputs(Command command, DataLocation location)
    {
        _location = location;
        command.Options.Add(Data);
        command.Options.Add(Preset);
    }

    /// <summary>The preset that holds if none is named, on all cores.</summary>
    public static LanguageModelOptions Defaults => OnAllCores(LanguageModelPresets.Paper);

    /// <summary>Where the text is.</summary>
    public Option<string?> Data { get; } = new("--data")
    {
        Description = "The folder or archive with the text. (default: $MODNET_DATA/ptb, else modnet/data/ptb in the user's cache folder)",
        HelpName = "DIR",
    };

    /// <summary>The preset's name.</summary>
    public Option<string?> Preset { get; } = new("--preset")
    {
        Description = "Options to start from: paper (the paper's) or best (what does best here at the same number of steps). (default: paper)",
    };

    /// <summary>The name of the preset that is asked for.</summary>
    public string PresetName(ParseResult result) => result.GetValue(Preset) ?? LanguageModelPresets.Paper;

    /// <summary>The options of the preset that is asked for.</summary>
    /// <exception cref="RunException">There is none of that name.</exception>
    public LanguageModelOptions ReadPreset(ParseResult result) => OnAllCores(PresetName(result));

    /// <summary>Where the text is: as --data says, else as --set data=... says, else where it is usually kept.</summary>
    /// <exception cref="DataException">It is not there.</exception>
    public string Locate(ParseResult result, string set = "") => Path.GetFullPath(
        _location.Resolve(result.GetValue(Data) ?? (set.Length > 0 ? set : null), LanguageModelOptions.Name));

    private static LanguageModelOptions OnAllCores(string preset) =>
        LanguageModelPresets.Get(preset) with { Threads = Math.Min(Environment.ProcessorCount, RunOptions.MostThreads) };
}
