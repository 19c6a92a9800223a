using System.CommandLine;
using ModularNetworks.Data;
using ModularNetworks.Experiments;

namespace ModularNetworks.Cli.Training;

/// <summary>The options that all commands which train the language model share.</summary>
internal static class LanguageModelInputs
{
    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="location">The places where data are looked for.</param>
    public static DataInputs<LanguageModelOptions> AddTo(Command command, DataLocation location) => new(
        command,
        location,
        LanguageModelPresets.Get,
        "paper (the paper's) or best (what does best here at the same number of steps)",
        LanguageModelPresets.Paper);
}
