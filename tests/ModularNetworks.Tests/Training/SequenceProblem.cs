using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

/// <summary>Random sequences of which each item says what the next one is.</summary>
internal sealed class SequenceProblem(int count, SequenceSizes sizes, RandomKey key) : ITrainingSet<SequenceBatch>
{
    private SequenceBatch? _batch;

    public int Count => count;

    public SequenceBatch Load(ReadOnlySpan<int> datapoints)
    {
        int batch = datapoints.Length;
        var shape = new Shape(sizes.Steps * batch);
        if (_batch is null || _batch.Inputs.Shape != shape)
        {
            _batch = new SequenceBatch(
                IndexTensor.Allocate(shape), IndexTensor.Allocate(shape), Tensor.Allocate(new Shape(batch, sizes.Hidden)));
        }
        for (int n = 0; n < batch; n++)
        {
            int item = key.Below((ulong)datapoints[n], sizes.Items);
            for (int t = 0; t < sizes.Steps; t++)
            {
                _batch.Inputs.Values[(t * batch) + n] = item;
                item = ((3 * item) + 1) % sizes.Items;
                _batch.Targets.Values[(t * batch) + n] = item;
            }
        }
        return _batch;
    }
}
