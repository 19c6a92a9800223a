using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// A linear output layer with a softmax over many classes, such as the words of a language, at every step of a sequence:
/// log p(y|h) = Σ_t log softmax(h_t W + b)[y_t]. Scoring never holds the logits as a whole.
/// </summary>
public sealed class SequenceLikelihood : IHasParameters
{
    /// <summary>Creates the output layer with Glorot uniform weights and zero biases.</summary>
    /// <param name="name">The first part of the parameters' names.</param>
    /// <param name="features">The size of a state.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="key">Decides the initial weights.</param>
    public SequenceLikelihood(string name, int features, int classes, RandomKey key)
    {
        Weight = new Parameter($"{name}.weight", new Shape(features, classes));
        Bias = new Parameter($"{name}.bias", new Shape(classes));
        Initialization.GlorotUniform(Weight.Value, features, classes, key);
        Parameters = [Weight, Bias];
    }

    /// <summary>W, <c>[features, classes]</c>.</summary>
    public Parameter Weight { get; }

    /// <summary>b, <c>[classes]</c>.</summary>
    public Parameter Bias { get; }

    /// <summary>All parameters.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>The multiply-adds for one state: one for each weight.</summary>
    public long MultiplyAdds => Weight.Shape.Count;

    /// <summary>The unnormalised log-probabilities of all classes.</summary>
    /// <param name="tape">Records the operations.</param>
    /// <param name="states"><c>[rows, features]</c>.</param>
    /// <returns>h W + b, <c>[rows, classes]</c>.</returns>
    public Tensor Logits(Tape tape, Tensor states)
    {
        ArgumentNullException.ThrowIfNull(tape);
        return tape.AddBias(tape.MatrixProduct(states, Weight.Value), Bias.Value);
    }

    /// <summary>Scores states against the classes that follow them.</summary>
    /// <param name="batch">The rows of the run.</param>
    /// <param name="states"><c>[steps * rows, features]</c>, time-major.</param>
    /// <param name="targets"><c>[steps * batch]</c>, time-major.</param>
    /// <returns>log p(y|h), summed over steps, <c>[rows]</c>, in nats.</returns>
    /// <exception cref="ShapeException">There are not states for whole steps of all rows, a target for each, or a target is no class.</exception>
    public Tensor LogLikelihood(BatchRows batch, Tensor states, IndexTensor targets)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(states);
        ArgumentNullException.ThrowIfNull(targets);
        if (batch.Rows == 0 || states.Shape.Rank != 2 || states.Shape[0] % batch.Rows != 0
            || targets.Shape.Count != states.Shape[0] / batch.Candidates)
        {
            throw new ShapeException(
                $"SequenceLikelihood: the states have shape {states.Shape}, the targets {targets.Shape}; needed are [steps * rows, features] "
                + $"and [steps * batch] with {Counted.Of(batch.Rows, "row")} of {Counted.Of(batch.BatchSize, "datapoint")}.");
        }
        var tape = batch.Tape;
        var losses = batch.Candidates > 1 && !tape.IsRecording
            ? LossesOfDifferentStates(batch, states, batch.ForCandidates(targets))
            : tape.LinearCrossEntropy(states, Weight.Value, Bias.Value, batch.ForCandidates(targets));
        int steps = states.Shape[0] / batch.Rows;
        return tape.Scale(tape.SumAxis(tape.Reshape(losses, new Shape(steps, batch.Rows)), 0), -1);
    }

    /// <summary>The losses of all rows, <c>[steps * rows]</c>; states that candidates share are scored once.</summary>
    private Tensor LossesOfDifferentStates(BatchRows batch, Tensor states, IndexTensor targets)
    {
        var tape = batch.Tape;
        var (rows, places) = SharedStates.Find(batch, states);
        var targetsOfRows = tape.RentIndices(rows.Shape);
        for (int i = 0; i < rows.Values.Length; i++)
            targetsOfRows.Values[i] = targets.Values[rows.Values[i]];
        var losses = tape.LinearCrossEntropy(tape.Gather(states, rows), Weight.Value, Bias.Value, targetsOfRows);
        return tape.Gather(losses, places);
    }
}
