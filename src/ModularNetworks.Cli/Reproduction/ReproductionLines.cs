using System.Text.Json.Nodes;
using ModularNetworks.Experiments;

namespace ModularNetworks.Cli.Reproduction;

/// <summary>Tells in plain lines how the runs of a reproduction go on: one where a run starts, and one where it ends.</summary>
/// <typeparam name="TSeries">What the runs' series are.</typeparam>
/// <typeparam name="TResult">What a run comes to.</typeparam>
/// <param name="context">Where the lines go.</param>
/// <param name="describe">What is said of a result.</param>
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
        Write(run, $"{(before ? "is finished" : "finished")}, {result.Steps} steps: {describe(run, result)}");

    /// <inheritdoc/>
    public void Stopped(SeedRun<TSeries> run, long step) => Write(run, $"stopped after step {step}");

    /// <inheritdoc/>
    public void Failed(SeedRun<TSeries> run, string reason) => Write(run, $"failed: {reason}");

    private void Write(SeedRun<TSeries> run, string text)
    {
        lock (_gate)
            context.WriteLine($"{run.Name} {text}");
    }

    /// <summary>A line for every log point would be thousands.</summary>
    private sealed class Silent : IRunObserver
    {
        public void Progress(long step, long total)
        {
        }

        public void Logged(JsonObject line)
        {
        }
    }
}
