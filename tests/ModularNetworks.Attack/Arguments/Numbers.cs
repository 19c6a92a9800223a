using ModularNetworks.Engine;

namespace ModularNetworks.Attack;

/// <summary>Numbers as a caller would give them, and now and then ones that no caller should.</summary>
/// <param name="choices">Draws them.</param>
/// <param name="sizes">What fits the other arguments.</param>
internal sealed class Numbers(Choices choices, Sizes sizes)
{
    private static readonly HashSet<string> Places = new(StringComparer.Ordinal)
    {
        "start", "offset", "row", "column", "axis", "index", "module", "layer", "leader", "step", "pick", "choice", "datapoint", "place",
        "position", "entry", "image", "label", "element", "block", "worker", "task", "firstInput", "level", "item", "id", "matrix",
        "inputKey", "from", "k", "first",
    };

    private static readonly int[] Extremes =
        [-1, 0, int.MaxValue, int.MaxValue - 3, int.MinValue, -50_000_000, 100_000_000, 1 << 16, 46_341, 300];

    private static readonly double[] Doubles = [0.5, 0.1, 0.9, 0.25];

    private static readonly double[] ExtremeDoubles =
        [0, -1, 1, 2, 1e-300, 1e300, 1e-30, double.Epsilon, double.NaN, double.PositiveInfinity, double.NegativeInfinity];

    /// <summary>A size, or the number of a place, of some name.</summary>
    public int Size(string name)
    {
        int right = Places.Contains(name) ? choices.OneIn(3) ? choices.Below(3) : 0 : sizes[name];
        return choices.Fault() ? Wrong(right) : right;
    }

    /// <summary>The number of a module, a class, a row.</summary>
    public int Index() => choices.Fault() ? choices.OneOf(Extremes) : choices.OneIn(2) ? 0 : choices.Below(choices.OneOf(2, 3, 5));

    /// <summary>A rate, a variance, a share.</summary>
    public double Double() => choices.Fault() ? choices.OneOf(ExtremeDoubles) : choices.OneOf(Doubles);

    /// <summary>An element of a tensor.</summary>
    public double Element() => choices.Fault() && choices.OneIn(4) ? choices.OneOf(ExtremeDoubles) : choices.Uniform();

    /// <summary>The shape that was made last: that of the numbers that are to fill it.</summary>
    public Shape Last { get; private set; }

    /// <summary>The sizes of a shape that documentation names, or of any.</summary>
    public Shape Shape(IReadOnlyList<string> named) => Last = Next(named);

    private Shape Next(IReadOnlyList<string> named)
    {
        int[] axes = named.Count > 0 ? sizes.ShapeOf(choices.OneOf(named)) : Any();
        if (!choices.Fault())
            return new Shape(axes);
        if (axes.Length == 0 || choices.OneIn(6))
            axes = Any();
        else
            axes[choices.Below(axes.Length)] = choices.OneOf(0, 1, 2, 17, axes[0] + 1, axes[^1] * 2);
        // Nothing keeps a shape without elements from being long.
        if (axes.Length > 1 && choices.OneIn(10))
            (axes[0], axes[1]) = (choices.OneOf(Extremes[2], 1 << 16, 1 << 20), 0);
        return new Shape(axes);
    }

    private int[] Any()
    {
        int[] all = [sizes["rows"], sizes["inputs"], sizes["outputs"], sizes["picks"]];
        return all[..choices.OneOf(2, 2, 1, 3, 0, 4)];
    }

    private int Wrong(int right) =>
        choices.OneIn(2) ? right + choices.OneOf(-1, 1, right, 7) : choices.OneOf(Extremes);
}
