using ModularNetworks.Engine;
using ModularNetworks.Experiments;

namespace ModularNetworks.Cli.Reproduction;

/// <summary>Writes the progress of a reproduction in plain lines: one where a run starts, and one where it ends.</summary>
/// <typeparam name="TSeries">The type of the runs' series.</typeparam>
/// <typeparam name="TResult">The type of a run's result.</typeparam>
/// <param name="context">The context whose output receives the lines.</param>
/// <param name="describe">The words about a result.</param>
internal sealed class ReproductionLines<TSeries, TResult>(
    CliContext context, Func<SeedRun<TSeries>, TResult, string> describe) : IReproductionObserver<TSeries, TResult>
    where TSeries : ISeries
    where TResult : IRunResult
{
    private readonly Lock _gate = new();

    /// <inheritdoc/>
    public IRunObserver Started(SeedRun<TSeries> run, long step)
    {
        Write(run, step == 0 ? "starts" : $"goes on from step {step}");
        return new Silent();
    }

    /// <inheritdoc/>
    public void Finished(SeedRun<TSeries> run, TResult result, bool before) =>
        Write(run, $"{(before ? "is finished" : "finished")}, {Counted.Of(result.Steps, "step")}: {describe(run, result)}");

    /// <inheritdoc/>
    public void Stopped(SeedRun<TSeries> run, long step) => Write(run, $"stopped after step {step}");

    /// <inheritdoc/>
    public void Failed(SeedRun<TSeries> run, string reason) => Write(run, $"failed: {reason}");

    private void Write(SeedRun<TSeries> run, string text)
    {
        lock (_gate)
            context.WriteLine($"{run.Name} {text}");
    }

    /// <summary>Writes nothing: a line for each log point would make thousands.</summary>
    private sealed class Silent : IRunObserver
    {
        public void Progress(long step, long total)
        {
        }

        public void Logged(MetricsLine line)
        {
        }
    }
}
