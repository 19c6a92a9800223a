using System.CommandLine;
using ModularNetworks.Experiments;
using Spectre.Console;

namespace ModularNetworks.Bench;

/// <summary>The command line: times the language model's steps and prints the report.</summary>
internal sealed class BenchCommand : RootCommand
{
    private const string PyTorch = "pytorch";
    private const string None = "none";
    private const string Text = "text";
    private const string Images = "images";
    private const string All = "all";

    // Wide enough that the table is not folded when the output goes to a file.
    private const int WidthWithoutTerminal = 200;

    private readonly TimeProvider _clock;
    private readonly Option<string> _peer = new("--peer")
    {
        Description = "What to compare with: pytorch, or none.",
        DefaultValueFactory = _ => PyTorch,
    };

    private readonly Argument<string> _models = new("MODELS")
    {
        Description = "What to time: text (the language model), images (the image classifier), or all.",
        DefaultValueFactory = _ => All,
    };

    private readonly Option<int> _rounds = new("--rounds")
    {
        Description = "How often each case is timed on both sides.",
        DefaultValueFactory = _ => 7,
    };

    private readonly Option<int> _threads = new("--threads")
    {
        Description = "How many threads each side uses.",
        DefaultValueFactory = _ => Environment.ProcessorCount,
    };

    private readonly Option<FileInfo?> _json = new("--json") { Description = "Also write the report to this file.", HelpName = "FILE" };

    /// <summary>Declares the options.</summary>
    /// <param name="clock">Tells the day.</param>
    public BenchCommand(TimeProvider clock)
        : base("Times training steps of the paper's models beside a PyTorch version of the same models.")
    {
        _clock = clock;
        Arguments.Add(_models);
        _models.AcceptOnlyFromAmong(Text, Images, All);
        _peer.AcceptOnlyFromAmong(PyTorch, None);
        AtLeastOne(_rounds);
        AtLeastOne(_threads);
        foreach (var option in (Option[])[_peer, _rounds, _threads, _json])
            Options.Add(option);
        SetAction(Measure);
    }

    /// <summary>Runs a command line.</summary>
    /// <returns>0 for success; 2 with one line on standard error if the measurement cannot be done.</returns>
    public int Run(string[] arguments)
    {
        try
        {
            return Parse(arguments).Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (BenchException problem)
        {
            Console.Error.WriteLine(problem.Message);
            return 2;
        }
    }

    private static void AtLeastOne(Option<int> option) => option.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<int>() < 1)
            result.AddError($"{option.Name} {result.GetValueOrDefault<int>()}: must be at least 1.");
    });

    private static IReadOnlyList<StepCase> CasesOf(string? models) =>
        [.. StepCase.All.Where(what => models == All || (models == Text) == (what.Model == BenchModel.Text))];

    private void Measure(ParseResult options)
    {
        int threads = options.GetValue(_threads), rounds = options.GetValue(_rounds);
        using var peer = options.GetValue(_peer) == PyTorch ? PeerContestant.StartPyTorch(threads) : null;
        using var own = new OwnContestant(threads);
        var result = new Comparison(own, peer, Console.Error.WriteLine).Run(CasesOf(options.GetValue(_models)), rounds);
        var report = new BenchReport(
            DateOnly.FromDateTime(_clock.GetUtcNow().Date),
            Machine.This(),
            threads,
            rounds,
            own.Description,
            peer?.Description,
            result);
        if (Console.IsOutputRedirected)
            AnsiConsole.Profile.Width = WidthWithoutTerminal;
        ReportTable.Print(AnsiConsole.Console, report);
        if (options.GetValue(_json) is { } file)
            File.WriteAllText(file.FullName, report.ToJson());
    }
}
