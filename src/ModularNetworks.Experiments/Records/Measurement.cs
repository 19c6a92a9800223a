namespace ModularNetworks.Experiments;

/// <summary>
/// A measurement of a network: on one or more parts of the data, and of the use of its modules. Lines of metrics and the summary of a run
/// hold it.
/// </summary>
public sealed record Measurement
{
    /// <summary>The numbers of each part of the data; the modules' use is written after the first part.</summary>
    public required IReadOnlyList<SplitResult> Splits { get; init; }

    /// <summary>The controllers' selections on the first part; null if nothing is selected.</summary>
    public SelectionMetrics? Selection { get; init; }

    /// <summary>Whether the problem is solved; null if there is no measure for it.</summary>
    public bool? Solved { get; init; }

    /// <summary>A measurement of one number on one part of the data.</summary>
    /// <param name="split">The part's name.</param>
    /// <param name="number">The number's name.</param>
    /// <param name="value">The number.</param>
    /// <param name="selection">The controllers' selections there; null if nothing is selected.</param>
    public static Measurement Of(string split, string number, double value, SelectionMetrics? selection = null) =>
        new() { Splits = [SplitResult.Of(split, (number, value))], Selection = selection };

    /// <summary>The numbers of a part of the data; null if it was not measured.</summary>
    public SplitResult? Of(string split) => Splits.FirstOrDefault(result => result.Name == split);

    /// <summary>A number that must have been measured.</summary>
    /// <exception cref="FormatException">The number was not measured.</exception>
    internal double Required(string split, string number) =>
        (Of(split) ?? throw new FormatException($"it has no entry {split}."))[number] ?? throw new FormatException($"it has no entry {number}.");

    /// <summary>The same measurement with one more part of the data.</summary>
    public Measurement With(SplitResult split) => this with { Splits = [.. Splits, split] };
}
