namespace ModularNetworks.Engine;

/// <summary>Arithmetic with sizes whose result must be the size of something that a tensor can hold.</summary>
internal static class Sizes
{
    /// <summary>The product of two sizes.</summary>
    /// <param name="what">What has the product for its size, for the message.</param>
    /// <param name="left">A size.</param>
    /// <param name="right">Another.</param>
    /// <exception cref="ShapeException">A size is negative, or the product is more than a tensor can hold.</exception>
    public static int Product(string what, int left, int right)
    {
        long product = (long)left * right;
        if ((left | right) < 0 || product > Shape.MaxCount)
            Refuse(what, $"{left} x {right}");
        return (int)product;
    }

    /// <summary>The sum of two sizes.</summary>
    /// <param name="what">What has the sum for its size, for the message.</param>
    /// <param name="left">A size.</param>
    /// <param name="right">Another.</param>
    /// <exception cref="ShapeException">A size is negative, or the sum is more than a tensor can hold.</exception>
    public static int Sum(string what, int left, int right)
    {
        long sum = (long)left + right;
        if ((left | right) < 0 || sum > Shape.MaxCount)
            Refuse(what, $"{left} + {right}");
        return (int)sum;
    }

    private static void Refuse(string what, string found) => throw new ShapeException(
        $"{what}: the size {found} is none; sizes are from 0 to {Shape.MaxCount}. Use other ones.")
    {
        IsTooLarge = true,
    };
}
