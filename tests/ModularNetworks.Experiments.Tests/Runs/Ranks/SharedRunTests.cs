using ModularNetworks.Distributed;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments.Tests;

/// <summary>Runs that several ranks train together, here threads.</summary>
public sealed class SharedRunTests
{
    [Theory]
    [InlineData("toy em")]
    [InlineData("toy reinforce")]
    [InlineData("ptb em")]
    [InlineData("ptb topk")]
    [InlineData("optdigits em")]
    [InlineData("digits em")]
    [InlineData("switching fixed")]
    [InlineData("text em")]
    public void Any_number_of_ranks_leaves_the_same(string name)
    {
        using var folder = new TemporaryFolder();
        var options = RunCase.Options(name, folder);
        Train(options, folder["one"], ranks: 1);
        foreach (int ranks in (int[])[2, 4])
        {
            Train(options, folder[$"{ranks}"], ranks);
            RunCase.AssertSame(folder["one"], folder[$"{ranks}"]);
        }
    }

    [Theory]
    [InlineData(4, 2)]
    [InlineData(2, 8)]
    [InlineData(4, 1)]
    public void A_run_goes_on_with_another_number_of_ranks(int before, int after)
    {
        using var folder = new TemporaryFolder();
        var options = RunCase.Options("ptb em", folder);
        Train(options, folder["whole"], ranks: 1);
        Train(options, folder["run"], before, stopAt: 11);
        Train(options, folder["run"], after);
        RunCase.AssertSame(folder["whole"], folder["run"]);
    }

    [Fact]
    public void A_run_of_several_ranks_goes_on_in_one_process()
    {
        using var folder = new TemporaryFolder();
        var options = RunCase.Options("toy em", folder);
        Train(options, folder["whole"], ranks: 2);
        Train(options, folder["run"], ranks: 4, stopAt: 11);
        using (var run = ReadyRun.StartOrResume(new Disk(), folder["run"], options, BuiltInExperiments.Catalogue))
            Finish(run, new RunCase.Observer(), TestContext.Current.CancellationToken);
        RunCase.AssertSame(folder["whole"], folder["run"]);
    }

    [Fact]
    public void A_run_of_whole_mini_batches_is_not_shared()
    {
        using var folder = new TemporaryFolder();
        var options = RunCase.Options("toy em", folder);
        RunCase.StopAt(11, options, folder["run"]);
        AssertRefused(
            "The run was begun in one process, with whole mini-batches. Go on with it in one process, or start another run.",
            Failures(2, ranks => Train(options, folder["run"], ranks)));
    }

    [Theory]
    [InlineData("ptb em token", "ViterbiEm: compositions by key cannot be shared among ranks yet; store them by datapoint (key=datapoint), or train in one process.")]
    [InlineData("ptb em carried", "ViterbiEm: the training set must be gone through in order; its mini-batches cannot be shared. Train in one process.")]
    [InlineData("stream em", "StreamTrainer: this method cannot share its mini-batches. Train in one process.")]
    public void What_cannot_be_shared_is_refused_before_the_run_is_made(string name, string reason)
    {
        using var folder = new TemporaryFolder();
        var options = RunCase.Options(name, folder);
        AssertRefused(reason, Failures(2, ranks => Train(options, folder["run"], ranks)));
        Assert.False(RunFolder.Exists(folder["run"]));
    }

    [Fact]
    public void A_rank_without_the_data_is_named()
    {
        using var folder = new TemporaryFolder();
        var options = RunCase.Options("ptb em", folder);
        var ownKind = BuiltInExperiments.Catalogue.Kinds.First(kind => kind.Name == options.Experiment);
        var failing = ExperimentKind.Of<PennTreebankOptions>("Fails.", (_, _) => throw new RunException("there are no data"));
        string[] told = Failures(4, ranks => Train(
            options, folder["run"], ranks, new ExperimentCatalogue(ranks.Rank == 2 ? failing : ownKind), new RunCase.Observer()));
        Assert.Equal(["rank 2: there are no data", "rank 2: there are no data", "there are no data", "rank 2: there are no data"], told);
        Assert.False(RunFolder.Exists(folder["run"]));
    }

    [Fact]
    public void Ranks_of_another_version_are_refused()
    {
        string[] told = Failures(2, ranks => new RunRanks(ranks) { Version = $"1.{ranks.Rank}" }.Tell("options"));
        Assert.All(told, message => Assert.Equal("All ranks must have the same version of ModularNetworks: rank 0 has 1.0, rank 1 has 1.1.", message));
    }

    /// <summary>Rank 0, which failed as the others did, says why; they say that it did.</summary>
    private static void AssertRefused(string reason, string[] told) => Assert.Equal([reason, $"rank 0: {reason}"], told);

    /// <summary>What each rank says when all fail.</summary>
    private static string[] Failures(int ranks, Action<ICommunicator> work)
    {
        string[] told = new string[ranks];
        ThreadRanks.Run(ranks, rank => told[rank.Rank] = Assert.Throws<RunException>(() => work(rank)).Message);
        return told;
    }

    private static void Train(RunOptions options, string path, ICommunicator ranks) =>
        Train(options, path, ranks, BuiltInExperiments.Catalogue, new RunCase.Observer());

    private static void Train(RunOptions options, string path, int ranks, long stopAt = long.MaxValue)
    {
        using var stop = new CancellationTokenSource();
        var observer = new RunCase.Observer
        {
            OnProgress = taken =>
            {
                if (taken == stopAt)
                    stop.Cancel();
            },
        };
        ThreadRanks.Run(ranks, rank => Train(options, path, rank, BuiltInExperiments.Catalogue, observer, stop.Token));
    }

    private static void Train(
        RunOptions options, string path, ICommunicator ranks, ExperimentCatalogue experiments, RunCase.Observer observer, CancellationToken stop = default)
    {
        if (ranks.Rank > 0)
        {
            using var joined = new JoinedRun(ranks, experiments, threads: 1);
            joined.Train(stop);
            return;
        }
        using var run = ReadyRun.StartOrResume(new Disk(), path, options, experiments, ranks);
        Finish(run, observer, stop);
    }

    private static void Finish(ReadyRun run, RunCase.Observer observer, CancellationToken stop = default)
    {
        var training = run.Begin(observer);
        if (training.Train(stop))
            training.Summarize("1.2.3");
    }
}
