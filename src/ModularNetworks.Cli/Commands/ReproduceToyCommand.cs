using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using ModularNetworks.Experiments;

namespace ModularNetworks.Cli.Commands;

/// <summary><c>modnet reproduce toy</c>: how reliably EM decomposes random toy problems.</summary>
internal sealed class ReproduceToyCommand : Command
{
    private const int DefaultSeeds = 100;
    private const int MostSeeds = 1_000_000;

    private readonly CliContext _context;
    private readonly Option<int?> _seeds = new("--seeds")
    {
        Description = "The number of random problems. (default: 100)",
    };

    private readonly Option<int?> _threads = new("--threads")
    {
        Description = "How many problems are trained at the same time; does not change the result. (default: the number of cores)",
    };

    private readonly Option<string[]> _set = new("--set")
    {
        Description = "Sets an option of 'modnet train toy' by name, key=value; repeatable.",
        HelpName = "KEY=VALUE",
    };

    public ReproduceToyCommand(CliContext context)
        : base("toy", "Trains on many random toy problems and counts the solved ones (paper, section 3.1).")
    {
        _context = context;
        Options.Add(_seeds);
        Options.Add(_threads);
        Options.Add(_set);
        SetAction((result, stop) => Task.Run(() => Run(result, stop), CancellationToken.None));
    }

    private int Run(ParseResult result, CancellationToken stop)
    {
        int seeds = result.GetValue(_seeds) ?? DefaultSeeds, threads = result.GetValue(_threads) ?? DefaultThreads;
        RequireInRange("--seeds", seeds, MostSeeds);
        RequireInRange("--threads", threads, RunOptions.MostThreads);
        var options = OptionsJson.With(new ToyOptions(), result.GetValue(_set) ?? []);
        options.Validate();
        var clock = Stopwatch.StartNew();
        try
        {
            var results = ToyReproduction.Run(options, seeds, threads, PrintSeed, stop);
            PrintTotal(results, clock.Elapsed);
            return ExitCode.Success;
        }
        catch (OperationCanceledException)
        {
            _context.WriteLine("stopped");
            return ExitCode.Interrupted;
        }
    }

    private static int DefaultThreads => Math.Min(Environment.ProcessorCount, RunOptions.MostThreads);

    private static void RequireInRange(string option, int value, int most)
    {
        if (value < 1 || value > most)
            throw new UserErrorException($"reproduce toy: {option} is {value}; it must be from 1 to {most}.");
    }

    private void PrintSeed(ulong seed, ToyEvaluation measured) => _context.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"seed {seed,4}   loss {measured.Loss:E2}   H_a {measured.SelectionEntropy:F4}   H_b {measured.BatchSelectionEntropy:F4}"
        + $"   {(measured.Solved ? "solved" : "NOT SOLVED")}"));

    private void PrintTotal(IReadOnlyList<ToyEvaluation> results, TimeSpan time) => _context.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"solved {results.Count(measured => measured.Solved)} of {results.Count} (loss below {ToyEvaluation.SolvedLoss}, "
        + $"H_b above {ToyEvaluation.SolvedBatchEntropy}), {time.TotalSeconds:F1} s"));
}
