using System.CommandLine;
using ModularNetworks.Experiments;

namespace ModularNetworks.Cli.Training;

/// <summary>The arguments that all commands on a trained network share, and how they print JSON.</summary>
internal sealed class TrainedRunInputs
{
    /// <summary>The argument RUN: the run folder.</summary>
    public Argument<string> Run { get; } = new("RUN") { Description = "The run folder." };

    /// <summary>The option --data: the data, if they have moved.</summary>
    public Option<string?> Data { get; } = new("--data")
    {
        Description = "The data's folder, archive or text file, if it has moved since the training. (default: as in the training)",
        HelpName = "PATH",
    };

    /// <summary>What the option --data is for, in words.</summary>
    public string DataDescription { init => Data.Description = value; }

    /// <summary>The option --json: whether to print JSON.</summary>
    public Option<bool> Json { get; } = new("--json") { Description = "Print JSON. (default: off)" };

    /// <summary>Prints a record as JSON, indented.</summary>
    public static void Print(CliContext context, object record) => context.WriteLine(RecordJson.Write(record, isIndented: true));
}
