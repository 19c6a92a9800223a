using System.Text.Json.Nodes;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>A problem, a network and a trainer, ready to be run.</summary>
public abstract class Experiment
{
    /// <summary>Trains the network.</summary>
    public abstract ITrainer Trainer { get; }

    /// <summary>What training adjusts.</summary>
    public abstract IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>What log-likelihoods are reported per: the number of words in a window, or 1.</summary>
    public abstract int UnitsPerDatapoint { get; }

    /// <summary>The instruction set that the kernels use.</summary>
    public abstract string InstructionSet { get; }

    /// <summary>Tells these data from others, whatever they are called and wherever they are; empty if they are drawn from the seed.</summary>
    public abstract string DataFingerprint { get; }

    /// <summary>The parts of the held-out data, by name.</summary>
    public abstract IReadOnlyList<string> Splits { get; }

    /// <summary>
    /// Measures the network while it trains, as the part of a metrics line. Test data are measured too where the validation
    /// data came out better than ever before, so that the best step has its test result.
    /// </summary>
    /// <param name="bestValid">The lowest validation perplexity so far; infinite before the first.</param>
    public abstract JsonObject Evaluate(double bestValid);

    /// <summary>Measures the network on one part of the held-out data.</summary>
    /// <param name="split">One of <see cref="Splits"/>.</param>
    public abstract JsonObject Evaluate(string split);

    /// <summary>Adds to a measurement of the trained network what the summary holds beside it.</summary>
    /// <param name="measured">What <see cref="Evaluate(double)"/> returned after the last step.</param>
    public abstract void Complete(JsonObject measured);

    /// <summary>What the controllers do on a fixed batch of held-out data, as a line of <c>snapshots.jsonl</c> but for the step.</summary>
    /// <param name="isFirst">Whether it is the run's first line, which also says what the rows and columns are.</param>
    /// <returns>Null if nothing is selected, or among too many modules to be shown.</returns>
    public abstract JsonObject? Snapshot(bool isFirst);

    /// <summary>
    /// What each module does on held-out data, as <c>inspection.json</c> but for the step: entropies, use, contexts, and what
    /// is typical of it.
    /// </summary>
    /// <returns>Null if nothing is selected.</returns>
    public abstract JsonObject? Inspect();

    /// <summary>What was done before training, in lines of text; none if there is nothing to say.</summary>
    public virtual IEnumerable<string> Preparations() => [];

    /// <summary>What the modules learned, in lines of text; none if there is nothing to say.</summary>
    public abstract IEnumerable<string> Describe();
}
