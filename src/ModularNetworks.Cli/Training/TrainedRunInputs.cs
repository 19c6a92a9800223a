using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ModularNetworks.Cli.Training;

/// <summary>The arguments that all commands on a trained network share, and how they print JSON.</summary>
internal sealed class TrainedRunInputs
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>The argument RUN: the run folder.</summary>
    public Argument<string> Run { get; } = new("RUN") { Description = "The run folder." };

    /// <summary>The option --data: the data, if they have moved.</summary>
    public Option<string?> Data { get; } = new("--data")
    {
        Description = "The data's folder, archive or text file, if it has moved since the training. (default: as in the training)",
        HelpName = "PATH",
    };

    /// <summary>The option --json: whether to print JSON.</summary>
    public Option<bool> Json { get; } = new("--json") { Description = "Print JSON. (default: off)" };

    /// <summary>Prints JSON, indented.</summary>
    public static void Print(CliContext context, JsonObject written) => context.WriteLine(written.ToJsonString(Indented));
}
