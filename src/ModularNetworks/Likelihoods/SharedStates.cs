using System.Runtime.InteropServices;
using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// Finds the states that candidates of the same datapoint have in common at a step, so that an output layer scores each
/// only once: candidates share all states up to the first step at which they select differently.
/// </summary>
internal static class SharedStates
{
    /// <summary>Finds them by their bits.</summary>
    /// <param name="batch">The rows of the run.</param>
    /// <param name="states"><c>[steps * rows, features]</c>, time-major.</param>
    /// <returns>
    /// The rows of the different states, <c>[distinct]</c>, and for every row, which of them is its own,
    /// <c>[steps * rows]</c>.
    /// </returns>
    public static (IndexTensor Rows, IndexTensor Places) Find(BatchRows batch, Tensor states)
    {
        var tape = batch.Tape;
        int rows = states.Shape[0], distinct = 0;
        var first = tape.RentIndices(new Shape(rows));
        var places = tape.RentIndices(new Shape(rows));
        var bytes = tape.Precision == Precision.Single
            ? MemoryMarshal.AsBytes(states.As<float>())
            : MemoryMarshal.AsBytes(states.As<double>());
        int size = bytes.Length / Math.Max(1, rows);
        for (int row = 0; row < rows; row++)
        {
            int same = EarlierCandidate(bytes, size, row, batch);
            if (same < 0)
                first.Values[distinct] = row;
            places.Values[row] = same < 0 ? distinct++ : places.Values[same];
        }
        var found = tape.RentIndices(new Shape(distinct));
        first.Values[..distinct].CopyTo(found.Values);
        return (found, places);
    }

    /// <summary>The row of the first candidate that has the same state of the same datapoint at the same step; -1 if none has.</summary>
    private static int EarlierCandidate(ReadOnlySpan<byte> states, int size, int row, BatchRows batch)
    {
        int candidate = row % batch.Rows / batch.BatchSize;
        var state = states.Slice(row * size, size);
        for (int earlier = row - (candidate * batch.BatchSize); earlier < row; earlier += batch.BatchSize)
        {
            if (states.Slice(earlier * size, size).SequenceEqual(state))
                return earlier;
        }
        return -1;
    }
}
