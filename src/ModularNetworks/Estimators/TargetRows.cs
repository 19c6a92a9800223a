using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>Rows with their targets.</summary>
/// <param name="Inputs">The rows.</param>
/// <param name="Classes">The class of each row; null for numbers.</param>
/// <param name="Numbers">The number of each row; null for classes.</param>
internal sealed record TargetRows(VectorRows Inputs, int[]? Classes, float[]? Numbers)
{
    /// <summary>Checks rows and targets.</summary>
    /// <exception cref="ArgumentException">They do not fit each other, or a row has another size.</exception>
    public static TargetRows Of(string owner, VectorRows rows, int inputs, int[]? classes, float[]? numbers)
    {
        ArgumentNullException.ThrowIfNull(rows);
        RequireSize(owner, rows, inputs);
        int targets = classes?.Length ?? numbers!.Length;
        if (targets == 0)
            throw new ArgumentException($"{owner}: {Counted.Of(rows.Count, "row")} and no targets are given (an empty array, or null); give one for each row.");
        if (rows.Count != targets)
            throw new ArgumentException($"{owner}: {Counted.Of(rows.Count, "row")} and {targets} targets are given; there must be one for each row.");
        int wrong = numbers is null ? -1 : Array.FindIndex(numbers, number => !float.IsFinite(number));
        if (wrong >= 0)
            throw new ArgumentException(FormattableString.Invariant($"{owner}: the target of row {wrong} is {numbers![wrong]}; targets must be finite numbers. Leave the row out."));
        return new TargetRows(rows, classes, numbers);
    }

    /// <summary>Checks the size of rows.</summary>
    /// <exception cref="ArgumentException">It is another.</exception>
    public static void RequireSize(string owner, VectorRows rows, int inputs)
    {
        if (rows.Features != inputs)
            throw new ArgumentException($"{owner}: rows of {rows.Features} numbers are given; a row has {inputs}.");
    }

    /// <summary>Some of the rows.</summary>
    /// <param name="chosen">Their numbers.</param>
    public TargetRows Choose(int[] chosen) => new(
        new ChosenRows(Inputs, chosen),
        Classes is null ? null : [.. chosen.Select(row => Classes[row])],
        Numbers is null ? null : [.. chosen.Select(row => Numbers[row])]);

    private sealed class ChosenRows(VectorRows rows, int[] chosen) : VectorRows
    {
        public override int Count => chosen.Length;

        public override int Features => rows.Features;

        public override void CopyTo(int row, Span<float> features) => rows.CopyTo(chosen[row], features);
    }
}
