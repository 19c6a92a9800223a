using ModularNetworks.Data;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>Sequences whose rule changes at every step as datapoints.</summary>
/// <param name="sequences">The sequences.</param>
/// <param name="rules">R, the number of rules.</param>
internal sealed class SwitchingTrainingSet(SwitchingSequences sequences, int rules) : ITrainingSet<SwitchingBatch>
{
    private SwitchingBatch? _batch;

    /// <inheritdoc/>
    public int Count => sequences.Count;

    /// <summary>The sequences.</summary>
    public SwitchingSequences Sequences => sequences;

    /// <inheritdoc/>
    public SwitchingBatch Load(ReadOnlySpan<int> datapoints)
    {
        int rows = sequences.Length * datapoints.Length, size = sequences.Size, features = size + rules;
        if (_batch is null || _batch.Rules.Shape.Count != rows)
        {
            _batch = new SwitchingBatch(
                Tensor.Allocate(new Shape(rows, features)), IndexTensor.Allocate(new Shape(rows)), Tensor.Allocate(new Shape(rows, size)));
        }
        for (int row = 0; row < rows; row++)
        {
            var (step, n) = Math.DivRem(row, datapoints.Length);
            int sequence = datapoints[n], rule = sequences.RuleOf(sequence, step);
            var input = _batch.Inputs.Values.Slice(row * features, features);
            sequences.InputOf(sequence, step).CopyTo(input);
            input[size..].Clear();
            input[size + rule] = 1;
            _batch.Rules.Values[row] = rule;
            sequences.TargetOf(sequence, step).CopyTo(_batch.Targets.Values.Slice(row * size, size));
        }
        return _batch;
    }
}
