using System.CommandLine;

namespace ModularNetworks.Cli.Commands;

/// <summary><c>modnet reproduce</c>: the commands that repeat the paper's experiments and the benchmark suite.</summary>
internal sealed class ReproduceCommand : Command
{
    public ReproduceCommand(CliContext context)
        : base("reproduce", "Repeats an experiment of the paper, or trains the benchmark suite.")
    {
        Subcommands.Add(new ReproduceToyCommand(context));
        Subcommands.Add(new ReproduceTable1Command(context));
        Subcommands.Add(new ReproduceFigure6Command(context));
        Subcommands.Add(new ReproduceSuiteCommand(context));
    }
}
