using System.Globalization;

namespace ModularNetworks.Engine;

/// <summary>Where a gradient check found the largest disagreement.</summary>
/// <param name="Parameter">The parameter's name.</param>
/// <param name="Element">The element's number in row-major order.</param>
/// <param name="Analytic">The derivative that the backward pass computed.</param>
/// <param name="Numeric">The derivative by central differences.</param>
public readonly record struct GradientError(string Parameter, int Element, double Analytic, double Numeric)
{
    /// <summary>The difference, relative to the larger derivative where that exceeds 1.</summary>
    public double Size =>
        Math.Abs(Analytic - Numeric) / Math.Max(1, Math.Max(Math.Abs(Analytic), Math.Abs(Numeric)));

    /// <summary>Where, and both derivatives.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Parameter}, element {Element}: backward pass {Analytic:R}, central difference {Numeric:R} (error "
        + $"{Size:E1})");
}
