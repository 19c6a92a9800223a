using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// The rows of a mini-batch while a network runs on it: one row for each datapoint, or one for each candidate composition
/// of each datapoint. Row <c>candidate * batch + n</c> belongs to datapoint n.
/// </summary>
public abstract class BatchRows
{
    private readonly OfOneThread<RowCounts> _counts = new(nameof(ForwardPass), () => new RowCounts());

    private protected BatchRows(Tape tape)
    {
        ArgumentNullException.ThrowIfNull(tape);
        Tape = tape;
        if (tape.IsOwned)
            _counts.LeaveToOwner();
    }

    /// <summary>Records the operations and lends the memory.</summary>
    public Tape Tape { get; }

    /// <summary>The number of datapoints.</summary>
    public int BatchSize => _counts.Current.BatchSize;

    /// <summary>The number of compositions that are tried for each datapoint.</summary>
    public int Candidates => _counts.Current.Candidates;

    /// <summary>The number of rows: datapoints times candidates.</summary>
    public int Rows => BatchSize * Candidates;

    /// <summary>Repeats each datapoint's row for every candidate; returns a tensor with a row a candidate as it is.</summary>
    /// <param name="input"><c>[steps * batch, ...]</c> or <c>[steps * rows, ...]</c>, time-major.</param>
    /// <param name="steps">The number of time steps; 1 if the network is not recurrent.</param>
    /// <returns><c>[steps * rows, ...]</c>, time-major.</returns>
    /// <exception cref="ShapeException">The tensor has another number of rows.</exception>
    /// <exception cref="InvalidOperationException">No run has begun.</exception>
    public Tensor ForCandidates(Tensor input, int steps = 1)
    {
        ArgumentNullException.ThrowIfNull(input);
        var (batchSize, candidates) = RequireRun();
        int ofStep = batchSize * candidates;
        if (input.Shape[0] == (long)steps * ofStep)
            return input;
        if (input.Shape[0] != (long)steps * batchSize)
        {
            throw new ShapeException(
                $"ForCandidates: the tensor has shape {input.Shape}; {Counted.Of(steps, "step")} of {Counted.Of(batchSize, "datapoint")} or {ofStep} rows are needed.");
        }
        var rows = Tape.RentIndices(new Shape(Sizes.Product(nameof(ForCandidates), steps, ofStep)));
        var target = rows.Values;
        for (int step = 0; step < steps; step++)
        {
            for (int row = 0; row < ofStep; row += batchSize)
            {
                for (int n = 0; n < batchSize; n++)
                    target[(step * ofStep) + row + n] = (step * batchSize) + n;
            }
        }
        return Tape.Gather(input, rows);
    }

    /// <summary>Repeats each datapoint's target for every candidate.</summary>
    /// <param name="targets"><c>[steps * batch]</c>, time-major; one step if the network is not recurrent.</param>
    /// <returns><c>[steps * rows]</c>, time-major.</returns>
    /// <exception cref="ShapeException">The targets are not those of whole time steps.</exception>
    /// <exception cref="InvalidOperationException">No run has begun.</exception>
    public IndexTensor ForCandidates(IndexTensor targets)
    {
        ArgumentNullException.ThrowIfNull(targets);
        var (batchSize, candidates) = RequireRun();
        if (targets.Shape.Count % batchSize != 0)
            throw new ShapeException($"ForCandidates: the targets have shape {targets.Shape}; {batchSize} datapoints need one each at every step.");
        if (candidates == 1)
            return targets;
        int steps = targets.Shape.Count / batchSize;
        var repeated = Tape.RentIndices(new Shape(Sizes.Product(nameof(ForCandidates), steps, candidates * batchSize)));
        for (int step = 0; step < steps; step++)
        {
            var ofStep = targets.Values.Slice(step * batchSize, batchSize);
            for (int candidate = 0; candidate < candidates; candidate++)
                ofStep.CopyTo(repeated.Values[(((step * candidates) + candidate) * batchSize)..]);
        }
        return repeated;
    }

    /// <summary>The part of one time step.</summary>
    /// <param name="items"><c>[steps * batch]</c>, time-major.</param>
    /// <param name="step">The time step, from 0.</param>
    /// <returns><c>[batch]</c>.</returns>
    /// <exception cref="ShapeException">There is no such time step.</exception>
    /// <exception cref="InvalidOperationException">No run has begun.</exception>
    public IndexTensor OfStep(IndexTensor items, int step)
    {
        ArgumentNullException.ThrowIfNull(items);
        int batchSize = RequireRun().BatchSize;
        if (step < 0 || (step + 1L) * batchSize > items.Shape.Count)
            throw new ShapeException($"OfStep: step {step} of {batchSize} datapoints is wanted; the items have shape {items.Shape}.");
        var part = Tape.RentIndices(new Shape(batchSize));
        items.Values.Slice(step * batchSize, batchSize).CopyTo(part.Values);
        return part;
    }

    /// <summary>Begins a run with other rows.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no datapoint, or no candidate.</exception>
    /// <exception cref="ShapeException">There are more rows than a tensor can have.</exception>
    private protected void SetRows(int batchSize, int candidates)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1); // nothing can be learned or measured without a datapoint
        ArgumentOutOfRangeException.ThrowIfLessThan(candidates, 1);
        _ = Sizes.Product("ForwardPass", batchSize, candidates);
        var counts = _counts.Begin();
        (counts.BatchSize, counts.Candidates) = (batchSize, candidates);
    }

    /// <summary>The sizes of the run. Which thread asks is checked each time, so that loops ask once.</summary>
    private (int BatchSize, int Candidates) RequireRun()
    {
        var counts = _counts.Current;
        if (counts.BatchSize == 0)
            throw new InvalidOperationException("ForwardPass: no run has begun, so that the number of datapoints is not known. Call Begin first.");
        return (counts.BatchSize, counts.Candidates);
    }

    private sealed class RowCounts
    {
        public int BatchSize { get; set; }

        public int Candidates { get; set; }
    }
}
