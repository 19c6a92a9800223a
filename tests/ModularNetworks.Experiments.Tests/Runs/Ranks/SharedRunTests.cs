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
        foreach (int ranks in (int[])[2, 4, 8])
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
            Finish(run, new RunCase.Observer());
        RunCase.AssertSame(folder["whole"], folder["run"]);
    }

    [Fact]
    public void A_run_of_whole_mini_batches_is_not_shared()
    {
        using var folder = new TemporaryFolder();
        var options = RunCase.Options("toy em", folder);
        RunCase.StopAt(11, options, folder["run"]);
        Assert.Contains("The run was begun in one process", Failure(() => Train(options, folder["run"], ranks: 2)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ptb em token", "compositions by key cannot be shared")]
    [InlineData("ptb em carried", "must be gone through in order")]
    [InlineData("stream em", "cannot share its mini-batches")]
    public void What_cannot_be_shared_is_refused_before_the_run_is_made(string name, string reason)
    {
        using var folder = new TemporaryFolder();
        var options = RunCase.Options(name, folder);
        Assert.Contains(reason, Failure(() => Train(options, folder["run"], ranks: 2)), StringComparison.Ordinal);
        Assert.False(RunFolder.Exists(folder["run"]));
    }

    [Fact]
    public void A_rank_without_the_data_is_named()
    {
        using var folder = new TemporaryFolder();
        var options = RunCase.Options("ptb em", folder);
        var ownKind = BuiltInExperiments.Catalogue.Kinds.First(kind => kind.Name == options.Experiment);
        var failing = ExperimentKind.Of<PennTreebankOptions>("Fails.", (_, _) => throw new RunException("there are no data"));
        string message = Failure(() => ThreadRanks.Run(4, ranks => Train(
            options, folder["run"], ranks, new ExperimentCatalogue(ranks.Rank == 2 ? failing : ownKind), new RunCase.Observer())));
        Assert.Equal("rank 2: there are no data", message);
        Assert.False(RunFolder.Exists(folder["run"]));
    }

    private static string Failure(Action train)
    {
        var failures = Assert.Throws<AggregateException>(train).InnerExceptions;
        return failures.OfType<RunException>().First().Message;
    }

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
