namespace ModularNetworks.Data;

/// <summary>The order of names in which numbers count as numbers: <c>2.png</c>, <c>10.png</c>. Other signs are in ordinal order.</summary>
internal sealed class NumberedNames : IComparer<string>
{
    private NumberedNames()
    {
    }

    /// <summary>The order.</summary>
    public static NumberedNames Order { get; } = new();

    /// <inheritdoc/>
    public int Compare(string? x, string? y)
    {
        ReadOnlySpan<char> first = x, second = y;
        while (first.Length > 0 && second.Length > 0)
        {
            bool areNumbers = char.IsAsciiDigit(first[0]) && char.IsAsciiDigit(second[0]);
            int order = areNumbers ? CompareNumbers(ref first, ref second) : first[0].CompareTo(second[0]);
            if (order != 0)
                return order;
            first = areNumbers ? first : first[1..];
            second = areNumbers ? second : second[1..];
        }
        int lengths = first.Length.CompareTo(second.Length);
        // Numbers that differ only in leading zeros.
        return lengths != 0 ? lengths : string.CompareOrdinal(x, y);
    }

    /// <summary>Compares the numbers with which two texts begin, of any length, and takes them away.</summary>
    private static int CompareNumbers(ref ReadOnlySpan<char> first, ref ReadOnlySpan<char> second)
    {
        var one = Number(ref first);
        var other = Number(ref second);
        int lengths = one.Length.CompareTo(other.Length);
        return lengths != 0 ? lengths : one.SequenceCompareTo(other);
    }

    private static ReadOnlySpan<char> Number(ref ReadOnlySpan<char> text)
    {
        int end = text.IndexOfAnyExceptInRange('0', '9');
        var digits = end < 0 ? text : text[..end];
        text = text[digits.Length..];
        return digits.TrimStart('0');
    }
}
