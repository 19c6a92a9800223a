using System.CommandLine;

namespace ModularNetworks.Cli.Commands;

/// <summary><c>modnet train</c>: the commands that train a network.</summary>
internal sealed class TrainCommand : Command
{
    public TrainCommand(CliContext context)
        : base("train", "Trains a modular network and writes a run folder.")
    {
        Subcommands.Add(new TrainToyCommand(context));
        Subcommands.Add(new TrainPtbCommand(context));
    }
}
