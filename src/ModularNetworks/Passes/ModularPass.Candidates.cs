using ModularNetworks.Engine;

namespace ModularNetworks;

/// <content>How a datapoint's rows are repeated for its candidates.</content>
public sealed partial class ModularPass
{
    /// <summary>Repeats a row a datapoint for every candidate; leaves what has a row a candidate as it is.</summary>
    /// <param name="input"><c>[steps * batch, ...]</c> or <c>[steps * rows, ...]</c>, time-major.</param>
    /// <param name="steps">The number of time steps; 1 if the network is not recurrent.</param>
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

    /// <summary>Repeats a target a datapoint for every candidate.</summary>
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
}
