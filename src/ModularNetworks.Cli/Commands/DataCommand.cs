using System.CommandLine;

namespace ModularNetworks.Cli.Commands;

/// <summary><c>modnet data</c>: the commands about data sets.</summary>
internal sealed class DataCommand : Command
{
    public DataCommand(CliContext context)
        : base("data", "Lists the known data sets, downloads them and checks their files.")
    {
        Subcommands.Add(new DataListCommand(context));
        Subcommands.Add(new DataGetCommand(context));
        Subcommands.Add(new DataVerifyCommand(context));
    }
}
