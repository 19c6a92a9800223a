using ModularNetworks.Engine;

namespace ModularNetworks.Data;

/// <summary>How texts are cut into a training, a validation and a test text.</summary>
public enum TextSplitKind
{
    /// <summary>Blocks, which a random key draws; each part has its blocks in the order of the text.</summary>
    Blocks,

    /// <summary>The first blocks are the training text, the next ones the validation text, the last ones the test text.</summary>
    Ordered,

    /// <summary>As <see cref="Ordered"/>, but cut after whole numbers of words or characters, as earlier versions did.</summary>
    Units,
}

/// <summary>The rule by which texts are cut into a training, a validation and a test text; three files that are such texts are not cut.</summary>
/// <remarks>
/// Blocks are of 4 to 64 KiB: a hundredth of the text, or more blocks for long texts and fewer, at least 20, for short ones. A block begins
/// after a line end, or after white space where a block has no line end. So the parts do not depend on the unit in which they are read.
/// </remarks>
public sealed record TextSplit
{
    /// <summary>The kind of the cut.</summary>
    public TextSplitKind Kind { get; init; }

    /// <summary>The share of the validation text, above 0; shares of both held-out texts are less than 1 together.</summary>
    public double ValidShare { get; init; } = 0.05;

    /// <summary>The share of the test text, above 0.</summary>
    public double TestShare { get; init; } = 0.05;

    /// <summary>The most bytes of a held-out text, which is rounded to blocks; by <see cref="TextSplitKind.Units"/> there is no limit.</summary>
    public long MostHeldOut { get; init; } = 1 << 20;

    /// <summary>Draws blocks.</summary>
    public RandomKey Key { get; init; } = RandomKey.FromSeed(1);

    /// <summary>Demands that the shares are in range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">They are not.</exception>
    internal void Require()
    {
        if (!(ValidShare > 0 && TestShare > 0 && ValidShare + TestShare < 1))
            throw new ArgumentOutOfRangeException(nameof(ValidShare), $"TextSplit: the shares of held-out text are {ValidShare} and {TestShare}; both must be above 0, and less than 1 together.");
        ArgumentOutOfRangeException.ThrowIfLessThan(MostHeldOut, 1);
    }

    /// <summary>The numbers of units of the three texts.</summary>
    /// <param name="count">The number of all.</param>
    internal (long Train, long Valid, long Test) Counts(long count)
    {
        // Decimal numbers, since a tenth is exact then.
        long train = (long)(count * (1 - (decimal)ValidShare - (decimal)TestShare)), heldOut = (long)(count * (1 - (decimal)TestShare));
        return (train, heldOut - train, count - heldOut);
    }
}
