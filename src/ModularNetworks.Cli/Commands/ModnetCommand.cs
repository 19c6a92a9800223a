using System.CommandLine;
using System.CommandLine.Help;
using ModularNetworks.Cli.CommandLine;

namespace ModularNetworks.Cli.Commands;

/// <summary><c>modnet</c>: the tool's version, or help if nothing is asked for.</summary>
/// <remarks>
/// Not a <see cref="RootCommand"/>, which is named after the running file and brings a version option of its own.
/// </remarks>
internal sealed class ModnetCommand : Command
{
    private readonly CliContext _context;
    private readonly HelpAction _help = new();
    private readonly Option<bool> _version = new("--version")
    {
        Description = "Print the tool's version.",
    };

    private readonly Option<bool> _verbose = new("--verbose")
    {
        Description = "On failure, print the stack trace below the error line. (default: off)",
        Recursive = true,
    };

    public ModnetCommand(CliContext context)
        : base(
            "modnet",
            "Trains and explains modular networks: networks that learn which of their modules to use for each input.")
    {
        _context = context;
        Options.Add(new HelpOption { Action = _help, Description = "Show this help.", Recursive = true });
        Options.Add(_verbose);
        Options.Add(_version);
        // Every command is a class of its own beside this one and a line here.
        Subcommands.Add(new TrainCommand(context));
        Subcommands.Add(new EvalCommand(context));
        Subcommands.Add(new InspectCommand(context));
        Subcommands.Add(new PredictCommand(context));
        Subcommands.Add(new GenerateCommand(context));
        Subcommands.Add(new ExportCommand(context));
        if (CompareCommand.CanCompare(context.Experiments))
            Subcommands.Add(new CompareCommand(context));
        Subcommands.Add(new ReportCommand(context));
        Subcommands.Add(new BoardCommand(context));
        Subcommands.Add(new ServeCommand(context));
        Subcommands.Add(new ReproduceCommand(context));
        Subcommands.Add(new BenchCommand(context));
        Subcommands.Add(new DataCommand(context));
        SetAction(Run);
    }

    /// <summary>Whether a stack trace is wanted on failure.</summary>
    public bool IsVerbose(ParseResult result) => result.GetValue(_verbose);

    /// <summary>Prepares help: fills in the parts that would slow down all other commands.</summary>
    /// <param name="command">The command whose help it is.</param>
    public void PrepareHelp(Command command)
    {
        _help.MaxWidth = _context.Console.Profile.Width;
        LateDescription.WriteAll(command);
        foreach (Symbol symbol in (IEnumerable<Symbol>)[.. command.Options, .. command.Arguments])
            symbol.Description = _context.AsCalled(symbol.Description ?? "");
    }

    private int Run(ParseResult result)
    {
        if (!result.GetValue(_version))
        {
            PrepareHelp(this);
            return _help.Invoke(result);
        }
        _context.WriteLine($"modnet {ToolVersion.Text}");
        return ExitCode.Success;
    }
}
