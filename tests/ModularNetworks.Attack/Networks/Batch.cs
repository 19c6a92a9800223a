using ModularNetworks.Engine;

namespace ModularNetworks.Attack;

/// <summary>A mini-batch of the networks that are attacked.</summary>
/// <param name="Inputs"><c>[steps * batch, inputs]</c>.</param>
/// <param name="Targets"><c>[steps * batch]</c>, classes.</param>
/// <param name="Initial"><c>[batch, hidden]</c>.</param>
public sealed record Batch(Tensor Inputs, IndexTensor Targets, Tensor Initial);

/// <summary>The same few numbers in every batch.</summary>
/// <param name="tape">Tells the precision.</param>
/// <param name="sizes">Of the batch's tensors.</param>
/// <param name="isOrdered">Whether mini-batches come in the order of the datapoints.</param>
internal sealed class BatchSet(Tape tape, NetworkSizes sizes, bool isOrdered) : ITrainingSet<Batch>
{
    public bool IsOrdered => isOrdered;

    public int Count => sizes.Count;

    public Batch Load(ReadOnlySpan<int> datapoints)
    {
        int rows = sizes.Steps * datapoints.Length;
        var inputs = Tensor.Allocate(new Shape(rows, sizes.Inputs), tape.Precision);
        for (int i = 0; i < inputs.Shape.Count; i++)
            inputs[i] = 0.125 * (i % 7);
        return new Batch(inputs, IndexTensor.Allocate(new Shape(rows)), Tensor.Allocate(new Shape(datapoints.Length, sizes.Hidden), tape.Precision));
    }
}
