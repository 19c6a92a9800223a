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
    /// <param name="pass">The running pass.</param>
    /// <param name="states"><c>[steps * rows, features]</c>, time-major.</param>
    /// <returns>
    /// The rows of the different states, <c>[distinct]</c>, and for every row, which of them is its own,
    /// <c>[steps * rows]</c>.
    /// </returns>
    public static (IndexTensor Rows, IndexTensor Places) Find(ModularPass pass, Tensor states)
    {
        var tape = pass.Tape;
        int rows = states.Shape[0], distinct = 0;
        var first = tape.RentIndices(new Shape(rows));
        var places = tape.RentIndices(new Shape(rows));
        var bytes = tape.Precision == Precision.Single
            ? MemoryMarshal.AsBytes(states.As<float>())
            : MemoryMarshal.AsBytes(states.As<double>());
        int size = bytes.Length / Math.Max(1, rows);
        for (int row = 0; row < rows; row++)
        {
            int same = EarlierCandidate(bytes, size, row, pass);
            if (same < 0)
                first.Values[distinct] = row;
            places.Values[row] = same < 0 ? distinct++ : places.Values[same];
        }
        var found = tape.RentIndices(new Shape(distinct));
        first.Values[..distinct].CopyTo(found.Values);
        return (found, places);
    }

    /// <summary>The row of the first candidate that has the same state of the same datapoint at the same step; -1 if none has.</summary>
    private static int EarlierCandidate(ReadOnlySpan<byte> states, int size, int row, ModularPass pass)
    {
        int candidate = row % pass.Rows / pass.BatchSize;
        var state = states.Slice(row * size, size);
        for (int earlier = row - (candidate * pass.BatchSize); earlier < row; earlier += pass.BatchSize)
        {
            if (states.Slice(earlier * size, size).SequenceEqual(state))
                return earlier;
        }
        return -1;
    }
}
