using System.Globalization;
using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>All compositions of a small layout, numbered so that the last pick changes fastest.</summary>
internal sealed class AllCompositions
{
    /// <summary>The largest number of compositions that are tried for a datapoint at once.</summary>
    public const int Most = 4096;

    private readonly CompositionLayout _layout;
    private readonly string _what;

    /// <summary>Numbers the compositions.</summary>
    /// <param name="layout">How a composition is laid out.</param>
    /// <param name="what">The things that may be too many, for the message, such as <c>Greedy E-step, selections at one time step</c>.</param>
    /// <exception cref="ArgumentException">There are too many.</exception>
    public AllCompositions(CompositionLayout layout, string what)
    {
        if (layout.CompositionCount > Most)
        {
            string count = layout.CompositionCount.ToString("G3", CultureInfo.InvariantCulture);
            throw new ArgumentException(
                $"{what}: there are {count}; at most {Most} can be tried for each datapoint. Use what samples "
                + "compositions, or fewer modules.");
        }
        (_layout, _what) = (layout, what);
        Count = (int)layout.CompositionCount;
    }

    /// <summary>The number of compositions.</summary>
    public int Count { get; }

    /// <summary>Writes composition number <paramref name="index"/>.</summary>
    public void CopyTo(int index, Span<int> picks)
    {
        for (int pick = picks.Length - 1; pick >= 0; pick--)
            (index, picks[pick]) = Math.DivRem(index, _layout.ModulesOf(pick));
    }

    /// <summary>Every composition for every datapoint, <c>[compositions * batch, picks]</c>.</summary>
    /// <param name="tape">Lends the memory.</param>
    /// <param name="batchSize">The number of datapoints.</param>
    /// <exception cref="ShapeException">There are more of them than a tensor can have rows.</exception>
    public IndexTensor ForAll(Tape tape, int batchSize)
    {
        int length = _layout.Length, rows = Sizes.Product(_what, Count, batchSize);
        var compositions = tape.RentIndices(new Shape(rows, length));
        var picks = compositions.Values;
        for (int row = 0; row < rows; row++)
            CopyTo(row / batchSize, picks.Slice(row * length, length));
        return compositions;
    }

    /// <summary>The number of a composition.</summary>
    public int IndexOf(ReadOnlySpan<int> picks)
    {
        int index = 0;
        for (int pick = 0; pick < picks.Length; pick++)
            index = (index * _layout.ModulesOf(pick)) + picks[pick];
        return index;
    }
}
