using System.CommandLine;
using ModularNetworks.Benchmarks;
using ModularNetworks.Cli.Benchmarking;

namespace ModularNetworks.Cli.Commands;

/// <summary><c>modnet bench</c>: how fast this machine trains and predicts, beside other libraries and beside its own peaks.</summary>
internal sealed class BenchCommand : Command
{
    private const int DefaultRounds = 7;
    private const int MostRounds = 1000;
    private const int MostThreads = 256;

    private readonly CliContext _context;
    private readonly Argument<string[]> _topics = new("TOPIC")
    {
        Description = $"What to measure: {string.Join(", ", Enum.GetValues<BenchTopic>().Select(NameOf))}. (default: all)",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string?> _peer = new("--peer")
    {
        Description = "What to compare with: pytorch or torchsharp (written for speed, in the environment in which they are fast), "
            + "pytorch-stock or torchsharp-stock (as installed), or none. (default: none)",
        HelpName = "PEER",
    };

    private readonly Option<int?> _rounds = new("--rounds")
    {
        Description = $"How often each case is timed on both sides. (default: {DefaultRounds})",
        HelpName = "N",
    };

    private readonly Option<int?> _threads = new("--threads")
    {
        Description = "How many threads each side uses. (default: one per core)",
        HelpName = "T",
    };

    private readonly Option<bool> _json = new("--json") { Description = "Print the report as JSON. (default: off)" };

    private readonly Option<string[]> _from = new("--from")
    {
        Description = "Measure nothing and print reports that --json wrote; may be given several times.",
        HelpName = "FILE",
    };

    public BenchCommand(CliContext context)
        : base("bench", "Measures speed beside TorchSharp or PyTorch and beside what this machine can do; docs/performance.md explains it.")
    {
        _context = context;
        Arguments.Add(_topics);
        foreach (var option in (Option[])[_peer, _rounds, _threads, _json, _from])
            Options.Add(option);
        Subcommands.Add(new BenchRanksCommand(context));
        SetAction((result, stop) => Task.Run(() => Run(result, stop), CancellationToken.None));
    }

    private int Run(ParseResult result, CancellationToken stop)
    {
        string[] topics = result.GetValue(_topics) ?? [], files = result.GetValue(_from) ?? [];
        if (files.Length == 0)
            return Measure(result, topics, stop);
        if (Needless(result, topics) is { } needless)
            throw new UserErrorException($"bench: --from {files[0]} prints what was measured before; leave out {needless}.");
        if (files.Any(string.IsNullOrWhiteSpace))
            throw new UserErrorException("bench: --from is empty. Name a file that 'bench --json' wrote.");
        BenchTable.Print(_context, [.. files.Select(BenchReport.Read)]);
        return ExitCode.Success;
    }

    private int Measure(ParseResult result, string[] topics, CancellationToken stop)
    {
        BenchReport report;
        try
        {
            report = Requested(result, topics).Run(TimeProvider.System, _context.Error.WriteLine, stop);
        }
        catch (Exception problem) when (problem is OperationCanceledException or BenchException && stop.IsCancellationRequested)
        {
            _context.Error.WriteLine("modnet: bench: interrupted; nothing is kept of it.");
            return ExitCode.Interrupted;
        }
        if (result.GetValue(_json))
            _context.Output.Write(report.ToJson());
        else
            BenchTable.Print(_context, [report]);
        return ExitCode.Success;
    }

    /// <summary>The first given option that asks for a measurement, beside --from; null if none does.</summary>
    private string? Needless(ParseResult result, string[] topics) => topics.FirstOrDefault()
        ?? ((Option[])[_peer, _rounds, _threads, _json]).FirstOrDefault(option => result.GetResult(option) is { Implicit: false })?.Name;

    private Benchmark Requested(ParseResult result, string[] topics) => new()
    {
        Cases = BenchCases.Of(Topics(topics)),
        Peer = PeerOf(result.GetValue(_peer)),
        Rounds = InRange("--rounds", result.GetValue(_rounds) ?? DefaultRounds, MostRounds),
        Threads = InRange("--threads", result.GetValue(_threads) ?? Environment.ProcessorCount, MostThreads),
    };

    private static IEnumerable<BenchTopic> Topics(string[] names) =>
        names.Length == 0 ? Enum.GetValues<BenchTopic>() : names.Select(TopicOf).Distinct();

    private static BenchTopic TopicOf(string name)
    {
        foreach (var topic in Enum.GetValues<BenchTopic>())
        {
            if (NameOf(topic) == name)
                return topic;
        }
        throw new UserErrorException(
            $"bench: there is no topic {name}; it must be {string.Join(", ", Enum.GetValues<BenchTopic>().Select(NameOf))}.");
    }

    private static BenchPeer PeerOf(string? name) => name switch
    {
        "pytorch" => BenchPeer.PyTorch,
        "pytorch-stock" => BenchPeer.PyTorchStock,
        "torchsharp" => BenchPeer.TorchSharp,
        "torchsharp-stock" => BenchPeer.TorchSharpStock,
        null or "none" => BenchPeer.None,
        _ => throw new UserErrorException(
            $"bench: --peer is {name}; it must be pytorch, pytorch-stock, torchsharp, torchsharp-stock or none."),
    };

    private static int InRange(string option, int value, int most) => value >= 1 && value <= most
        ? value
        : throw new UserErrorException($"bench: {option} is {value}; it must be from 1 to {most}.");

    private static string NameOf(BenchTopic topic) => topic.ToString().ToLowerInvariant();
}
