using System.Globalization;

namespace ModularNetworks.Fuzz;

/// <summary>The inputs that one of several processes takes: every so manieth.</summary>
/// <param name="Index">The number of the part, from 0.</param>
/// <param name="Of">The number of parts.</param>
internal readonly record struct Part(int Index, int Of)
{
    /// <summary>All inputs.</summary>
    public static Part Whole { get; } = new(0, 1);

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static Part Parse(string text)
    {
        int[] numbers = [.. text.Split('/').Select(number => int.Parse(number, CultureInfo.InvariantCulture))];
        return new Part(numbers[0], numbers[1]);
    }

    /// <summary>The numbers of the part's inputs.</summary>
    /// <param name="count">The number of the inputs of all parts.</param>
    public IEnumerable<long> Numbers(long count)
    {
        for (long number = Index; number < count; number += Of)
            yield return number;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Index}/{Of}");
}
