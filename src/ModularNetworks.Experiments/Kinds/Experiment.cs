using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>A problem, a network and a trainer, ready to be run.</summary>
/// <param name="kernels">Does the arithmetic.</param>
/// <remarks>To add an experiment, derive this class and make it known by an <see cref="ExperimentKind"/>.</remarks>
public abstract class Experiment(Kernels kernels)
{
    /// <summary>The name of the part of the data that every experiment keeps out of the training.</summary>
    public const string TestSplit = "test";

    /// <summary>Trains the network.</summary>
    public abstract ITrainer Trainer { get; }

    /// <summary>The parameters that training adjusts.</summary>
    public abstract IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>Measures the network on one part of the held-out data.</summary>
    /// <param name="split">One of <see cref="Splits"/>.</param>
    public abstract Measurement Evaluate(string split);

    /// <summary>The number of units that a datapoint's log-likelihood is reported per: the words in a window; 1 elsewhere.</summary>
    public virtual int UnitsPerDatapoint => 1;

    /// <summary>
    /// The multiply-adds of the trained network's prediction for one unit: a word, a character, an image. Only products of inputs
    /// with weights count, of the modules that are used at once and of what chooses them. Null if they are not counted.
    /// </summary>
    public virtual long? PredictionOperations => null;

    /// <summary>
    /// The number of predictions of all E-steps for each datapoint of a mini-batch, at most; null if they score the candidates that the
    /// options of EM say.
    /// </summary>
    internal virtual double? EStepPredictions => null;

    /// <summary>The instruction set that the kernels use.</summary>
    public string InstructionSet => kernels.InstructionSet;

    /// <summary>The fingerprint of the data, which depends on neither their name nor their place; empty if the data are drawn from the seed.</summary>
    public virtual string DataFingerprint => "";

    /// <summary>The way from raw input to numbers and back, fitted on the training split; null if the data are drawn from the seed.</summary>
    public virtual Preprocessing? Preprocessing => null;

    /// <summary>The parts of the data that <see cref="Evaluate(string)"/> can measure, by name.</summary>
    public virtual IReadOnlyList<string> Splits => [TestSplit];

    /// <summary>
    /// Measures the network while it trains. Test data are measured too where the validation data came out better than ever
    /// before, so that the best step has its test result.
    /// </summary>
    /// <param name="bestValid">The lowest validation perplexity so far; infinite before the first.</param>
    public virtual Measurement Evaluate(double bestValid) => Evaluate(Splits[^1]);

    /// <summary>Predicts the first held-out datapoint by itself, as for an input that comes alone. For timing; nothing is measured.</summary>
    /// <returns>The number of units that were predicted; 0 if the experiment cannot.</returns>
    internal virtual int PredictOne() => 0;

    /// <summary>Adds what only the summary holds to a measurement of the trained network.</summary>
    /// <param name="measured">The measurement after the last step, from <see cref="Evaluate(double)"/>.</param>
    public virtual Measurement Complete(Measurement measured) => measured;

    /// <summary>Reads what predictions need of a trained network: its parameters, and what else decides which modules are used.</summary>
    /// <param name="checkpoint">The run's checkpoint.</param>
    /// <returns>The number of gradient steps that the network was trained for.</returns>
    /// <exception cref="CheckpointException">There is no checkpoint, or it is damaged or belongs to another model.</exception>
    public virtual long ReadTrained(Checkpoint checkpoint)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        return checkpoint.ReadParameters(Parameters);
    }

    /// <summary>The controllers' decisions on a fixed batch of held-out data; the snapshot has no step yet.</summary>
    /// <param name="isFirst">Whether it is the run's first line, which also says what the rows and columns are.</param>
    /// <returns>Null if nothing is selected, or among too many modules to be shown.</returns>
    public virtual NetworkSnapshot? Snapshot(bool isFirst) => null;

    /// <summary>
    /// Looks what each module does on held-out data: entropies, use, contexts, and what is typical of it. The result has no step yet.
    /// </summary>
    /// <returns>Null if nothing is selected.</returns>
    public virtual NetworkInspection? Inspect() => null;

    /// <summary>Describes the work before the training in lines of text; none if there is nothing to say.</summary>
    public virtual IEnumerable<string> Preparations() => [];

    /// <summary>Describes in lines of text how the modules came out; none if there is nothing to say.</summary>
    public virtual IEnumerable<string> Describe() => [];
}
