using System.Globalization;
using System.Text.Json.Nodes;
using ModularNetworks.Experiments;

namespace ModularNetworks.Cli.Reproduction;

/// <summary>Tells in plain lines how the runs of a table go on: one where a run starts, and one where it ends.</summary>
/// <param name="context">Where the lines go.</param>
internal sealed class Table1Lines(CliContext context) : ITable1Observer
{
    private readonly Lock _gate = new();

    /// <inheritdoc/>
    public IRunObserver Started(Table1Run run, long step)
    {
        Write(run, step == 0 ? "starts" : $"goes on from step {step}");
        return new Silent();
    }

    /// <inheritdoc/>
    public void Finished(Table1Run run, RunResult result, bool before) => Write(run, string.Create(
        CultureInfo.InvariantCulture,
        $"{(before ? "is finished" : "finished")}, {result.Steps} steps: test perplexity {result.Test:F2}, {result.BestTest:F2} at the best "
        + $"step {result.BestStep} (paper {run.Row.Paper:F2}), {result.WallSeconds:F1} s"));

    /// <inheritdoc/>
    public void Stopped(Table1Run run, long step) => Write(run, $"stopped after step {step}");

    /// <inheritdoc/>
    public void Failed(Table1Run run, string reason) => Write(run, $"failed: {reason}");

    private void Write(Table1Run run, string text)
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
