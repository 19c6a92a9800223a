using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// The rows of a mini-batch while a network runs on it: one row for each datapoint, or one for each candidate composition
/// of each datapoint. Row <c>candidate * batch + n</c> belongs to datapoint n.
/// </summary>
public abstract class BatchRows
{
    private protected BatchRows(Tape tape)
    {
        ArgumentNullException.ThrowIfNull(tape);
        Tape = tape;
    }

    /// <summary>Records the operations and lends the memory.</summary>
    public Tape Tape { get; }

    /// <summary>The number of datapoints.</summary>
    public int BatchSize { get; private set; }

    /// <summary>The number of compositions that are tried for each datapoint.</summary>
    public int Candidates { get; private set; }

    /// <summary>The number of rows: datapoints times candidates.</summary>
    public int Rows => BatchSize * Candidates;

    /// <summary>Repeats each datapoint's row for every candidate; returns a tensor with a row a candidate as it is.</summary>
    /// <param name="input"><c>[steps * batch, ...]</c> or <c>[steps * rows, ...]</c>, time-major.</param>
    /// <param name="steps">The number of time steps; 1 if the network is not recurrent.</param>
    /// <returns><c>[steps * rows, ...]</c>, time-major.</returns>
    public Tensor ForCandidates(Tensor input, int steps = 1)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.Shape[0] == steps * Rows)
            return input;
        var rows = Tape.RentIndices(new Shape(steps * Rows));
        var target = rows.Values;
        for (int step = 0; step < steps; step++)
        {
            for (int row = 0; row < Rows; row += BatchSize)
            {
                for (int n = 0; n < BatchSize; n++)
                    target[(step * Rows) + row + n] = (step * BatchSize) + n;
            }
        }
        return Tape.Gather(input, rows);
    }

    /// <summary>Repeats each datapoint's target for every candidate.</summary>
    /// <param name="targets"><c>[steps * batch]</c>, time-major; one step if the network is not recurrent.</param>
    /// <returns><c>[steps * rows]</c>, time-major.</returns>
    public IndexTensor ForCandidates(IndexTensor targets)
    {
        ArgumentNullException.ThrowIfNull(targets);
        if (Candidates == 1)
            return targets;
        int steps = targets.Shape.Count / BatchSize;
        var repeated = Tape.RentIndices(new Shape(steps * Rows));
        for (int step = 0; step < steps; step++)
        {
            var ofStep = targets.Values.Slice(step * BatchSize, BatchSize);
            for (int candidate = 0; candidate < Candidates; candidate++)
                ofStep.CopyTo(repeated.Values[(((step * Candidates) + candidate) * BatchSize)..]);
        }
        return repeated;
    }

    /// <summary>The part of one time step.</summary>
    /// <param name="items"><c>[steps * batch]</c>, time-major.</param>
    /// <param name="step">The time step, from 0.</param>
    /// <returns><c>[batch]</c>.</returns>
    public IndexTensor OfStep(IndexTensor items, int step)
    {
        ArgumentNullException.ThrowIfNull(items);
        var part = Tape.RentIndices(new Shape(BatchSize));
        items.Values.Slice(step * BatchSize, BatchSize).CopyTo(part.Values);
        return part;
    }

    private protected void SetRows(int batchSize, int candidates) => (BatchSize, Candidates) = (batchSize, candidates);
}
