namespace ModularNetworks.Experiments;

/// <summary>The numbers measured on one part of the data.</summary>
/// <param name="Name">The part's name, such as <c>valid</c>.</param>
/// <param name="Numbers">
/// The numbers with their names, in the order in which they are written; a number is null if it is not finite and may be so.
/// </param>
public sealed record SplitResult(string Name, IReadOnlyList<(string Name, double? Value)> Numbers)
{
    /// <summary>A result of one or more numbers.</summary>
    /// <param name="name">The part's name.</param>
    /// <param name="numbers">The numbers with their names.</param>
    public static SplitResult Of(string name, params IReadOnlyList<(string Name, double? Value)> numbers) => new(name, numbers);

    /// <summary>The number of a name; null if there is none.</summary>
    public double? this[string number] => Numbers.FirstOrDefault(one => one.Name == number).Value;
}
