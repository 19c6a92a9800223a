using System.CommandLine;
using ModularNetworks.Data;
using ModularNetworks.Experiments;

namespace ModularNetworks.Cli.Training;

/// <summary>The options that all commands which train an image classifier share.</summary>
internal static class ImageInputs
{
    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="location">The places where data are looked for.</param>
    /// <param name="defaultPreset">The preset that holds if none is named.</param>
    public static DataInputs<TOptions> AddTo<TOptions>(Command command, DataLocation location, string defaultPreset)
        where TOptions : ImageClassifierOptions, new() => new(
        command,
        location,
        preset => ImageClassifierPresets.Apply(new TOptions(), preset),
        "paper (the paper's network, trained as the paper says), best (the same network, trained so that it learns most), or "
            + "wide (best, with more channels and units, images shifted and mirrored)",
        defaultPreset);
}
