using System.CommandLine;
using System.CommandLine.Parsing;
using ModularNetworks.Benchmarks;
using ModularNetworks.Cli.Benchmarking;
using ModularNetworks.Cli.Training;
using ModularNetworks.Engine;

namespace ModularNetworks.Cli.Commands;

/// <summary><c>modnet bench ranks</c>: what training in several processes costs, and what more of them would take.</summary>
internal sealed class BenchRanksCommand : Command
{
    private const int DefaultRounds = 7;
    private const int MostRounds = 1000;

    private readonly CliContext _context;
    private readonly Option<int?> _rounds = new("--rounds")
    {
        Description = $"How often each way to take steps is measured. (default: {DefaultRounds})",
        HelpName = "N",
    };

    public BenchRanksCommand(CliContext context)
        : base("ranks", "Measures messages and steps of several processes (mpirun -n R ...), and forecasts steps of up to 1,024; docs/machines.md explains it.")
    {
        _context = context;
        Options.Add(_rounds);
        SetAction((result, stop) => Task.Run(() => Run(result, stop), CancellationToken.None));
    }

    private int Run(ParseResult result, CancellationToken stop)
    {
        int rounds = result.GetValue(_rounds) ?? DefaultRounds;
        if (rounds is < 1 or > MostRounds)
            throw new UserErrorException($"bench ranks: --rounds is {rounds}; it must be from 1 to {MostRounds}.");
        if (Needless((CommandResult)result.CommandResult.Parent!) is { } needless)
            throw new UserErrorException($"bench ranks: it is measured alone; leave out {needless}.");
        return new RankSession(_context).Run(ranks => Measure(rounds, ranks, stop));
    }

    /// <summary>The first topic or option that is given to the command above; null if there is none.</summary>
    private static string? Needless(CommandResult above) => above.Tokens is [var topic, ..]
        ? topic.Value
        : above.Children.OfType<OptionResult>().FirstOrDefault(option => !option.Implicit)?.Option.Name;

    private int Measure(int rounds, ICommunicator? ranks, CancellationToken stop)
    {
        Action<string> progress = ranks is { Rank: > 0 } ? _ => { } : _context.Error.WriteLine;
        try
        {
            if (new RankBenchmark { Rounds = rounds }.Run(ranks ?? new SingleRank(), TimeProvider.System, progress, stop) is { } report)
                RankTables.Print(_context, report);
            return ExitCode.Success;
        }
        catch (OperationCanceledException)
        {
            progress("modnet: bench: interrupted; nothing is kept of it.");
            return ExitCode.Interrupted;
        }
    }
}
