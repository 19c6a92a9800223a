using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace ModularNetworks.Engine;

/// <summary>Elementary functions of vectors, written once for all widths.</summary>
/// <typeparam name="TWidth">The instructions of the width.</typeparam>
/// <typeparam name="TVector">The vector type.</typeparam>
[SuppressMessage("Design", "CA1000", Justification = "Kernels have the type arguments at hand, as for IWidth itself.")]
public static class VectorMath<TWidth, TVector>
    where TWidth : IWidth<TVector>
    where TVector : unmanaged
{
    private const float Log2E = 1.44269504088896341f;

    // ln 2 in two parts: whole multiples of the first are exact, the second holds the rest (Cody and Waite 1980).
    private const float Ln2High = 0.693359375f;
    private const float Ln2Low = -2.12194440054690583e-4f;

    /// <summary>
    /// <c>2^x</c> with a relative error below 3e-7, for any x up to 127; <c>2^least</c> for all x below
    /// <paramref name="least"/>. What is not a number stays so.
    /// </summary>
    /// <remarks>
    /// The bound keeps what is made of the result from becoming denormal, which would slow arithmetic a hundredfold.
    /// </remarks>
    /// <param name="x">The exponents.</param>
    /// <param name="least">An integer of at least -126.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Exp2(TVector x, TVector least)
    {
        // The argument comes second: processors whose maximum takes the second operand then keep what is not a number.
        return PowerOfTwoByParts(TWidth.Max(least, x));
    }

    /// <summary>
    /// <c>e^x</c> with a relative error below 3e-7. Arguments above 88 count as 88, so that the result is finite; below
    /// -87, where it would be denormal, the result is exactly zero. What is not a number stays so.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Exp(TVector x)
    {
        // The argument comes second: processors whose maximum takes the second operand then keep what is not a number.
        x = TWidth.Max(TWidth.Broadcast(-120), x);
        x = TWidth.Subtract(TWidth.Zero, TWidth.Max(TWidth.Broadcast(-88), TWidth.Subtract(TWidth.Zero, x)));
        var whole = TWidth.Floor(TWidth.Multiply(x, TWidth.Broadcast(Log2E)));
        var rest = TWidth.MultiplyAdd(whole, TWidth.Broadcast(-Ln2High), x);
        rest = TWidth.MultiplyAdd(whole, TWidth.Broadcast(-Ln2Low), rest);
        var power = Exp2OfFraction(TWidth.Multiply(rest, TWidth.Broadcast(Log2E)));
        return TWidth.Scale(TWidth.ZeroWhereBelow(power, x, TWidth.Broadcast(-87)), whole);
    }

    /// <summary>
    /// <c>1 / (1 + e^-x)</c> with a relative error below 1e-6; exactly 0 and 1 for arguments of large magnitude.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Sigmoid(TVector x)
    {
        var exponential = Exp(x);
        return TWidth.Divide(exponential, TWidth.Add(exponential, TWidth.Broadcast(1)));
    }

    /// <summary>
    /// The hyperbolic tangent with an absolute error below 1e-6; exactly -1 and 1 for arguments of large magnitude.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Tanh(TVector x)
    {
        var sigmoid = Sigmoid(TWidth.Add(x, x));
        return TWidth.Subtract(TWidth.Add(sigmoid, sigmoid), TWidth.Broadcast(1));
    }

    /// <summary>
    /// <c>log(1 + e^x)</c> with a relative error below 1e-6; exactly zero below -87. What is not a number stays so.
    /// </summary>
    /// <remarks>It is <c>max(x, 0) + log(1 + y)</c> with <c>y = e^-|x|</c>, which is at most 1.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Softplus(TVector x)
    {
        var negated = TWidth.Subtract(TWidth.Zero, x);
        var y = Exp(TWidth.Subtract(TWidth.Zero, TWidth.Max(negated, x)));
        // log(1 + y) = 2 artanh(s) with s = y / (2 + y), which is at most 1/3, so that the series' next term is below 1e-8.
        var s = TWidth.Divide(y, TWidth.Add(y, TWidth.Broadcast(2)));
        var square = TWidth.Multiply(s, s);
        var series = TWidth.MultiplyAdd(TWidth.Broadcast(1f / 13), square, TWidth.Broadcast(1f / 11));
        series = TWidth.MultiplyAdd(series, square, TWidth.Broadcast(1f / 9));
        series = TWidth.MultiplyAdd(series, square, TWidth.Broadcast(1f / 7));
        series = TWidth.MultiplyAdd(series, square, TWidth.Broadcast(1f / 5));
        series = TWidth.MultiplyAdd(series, square, TWidth.Broadcast(1f / 3));
        series = TWidth.MultiplyAdd(series, square, TWidth.Broadcast(1));
        return TWidth.MultiplyAdd(TWidth.Add(s, s), series, TWidth.Max(TWidth.Zero, x));
    }

    /// <summary><c>2^x</c> from its whole part and its fraction.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TVector PowerOfTwoByParts(TVector x) => TWidth.Scale(Exp2OfFraction(TWidth.Fraction(x)), x);

    /// <summary>
    /// <c>2^f</c> for 0 to 1: the polynomial of degree 5 with the least relative error, 8.3e-8, among those that are exact
    /// at 0 (fitted by iterated weighted least squares, Lawson 1961).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Exp2OfFraction(TVector f)
    {
        var p = TWidth.Broadcast(1.8671317e-3f);
        p = TWidth.MultiplyAdd(p, f, TWidth.Broadcast(9.017027e-3f));
        p = TWidth.MultiplyAdd(p, f, TWidth.Broadcast(5.5799916e-2f));
        p = TWidth.MultiplyAdd(p, f, TWidth.Broadcast(2.4016444e-1f));
        p = TWidth.MultiplyAdd(p, f, TWidth.Broadcast(6.931513e-1f));
        return TWidth.MultiplyAdd(p, f, TWidth.Broadcast(1));
    }
}
