using System.CommandLine;

namespace ModularNetworks.Cli.Commands;

/// <summary><c>modnet train</c>: a command for each kind of experiment.</summary>
internal sealed class TrainCommand : Command
{
    public TrainCommand(CliContext context)
        : base("train", "Trains a modular network and writes a run folder.")
    {
        foreach (var kind in context.Experiments.Kinds)
            Subcommands.Add(new TrainKindCommand(context, kind));
    }
}
