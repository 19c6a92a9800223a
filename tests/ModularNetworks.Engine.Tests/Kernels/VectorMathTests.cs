using System.Runtime.Intrinsics;

namespace ModularNetworks.Engine.Tests;

public sealed unsafe class VectorMathTests
{
    private enum Function
    {
        Exp2,
        PowerOfTwo,
        Exp,
        Sigmoid,
        Softplus,
        Tanh,
    }

    [Theory]
    [MemberData(nameof(KernelWidths.All), MemberType = typeof(KernelWidths))]
    public void Exp2_is_accurate_in_the_whole_normal_range(string width)
    {
        for (double x = -125.9; x <= 127; x += 0.0137)
            AssertRelative(Math.Pow(2, (float)x), Evaluate(width, Function.Exp2, (float)x), 3e-7, x);
    }

    [Theory]
    [MemberData(nameof(KernelWidths.All), MemberType = typeof(KernelWidths))]
    public void Exp2_of_an_integer_is_exact(string width)
    {
        for (int x = -126; x <= 127; x++)
            Assert.Equal((float)Math.Pow(2, x), Evaluate(width, Function.Exp2, x));
    }

    [Theory]
    [MemberData(nameof(KernelWidths.All), MemberType = typeof(KernelWidths))]
    public void Exp2_of_very_low_numbers_is_the_least_power(string width)
    {
        foreach (float x in new[] { -126.1f, -127, -130.5f, -151, -1e4f, -1e30f, float.MinValue, float.NegativeInfinity })
            Assert.Equal((float)Math.Pow(2, -126), Evaluate(width, Function.Exp2, x));
        Assert.True(float.IsNaN(Evaluate(width, Function.Exp2, float.NaN)));
    }

    [Theory]
    [MemberData(nameof(KernelWidths.All), MemberType = typeof(KernelWidths))]
    public void Powers_of_two_are_accurate_where_they_are_allowed(string width)
    {
        for (double x = -126; x <= 126; x += 0.0037)
            AssertRelative(Math.Pow(2, (float)x), Evaluate(width, Function.PowerOfTwo, (float)x), 3e-7, x);
        for (int x = -126; x <= 126; x++)
            Assert.Equal((float)Math.Pow(2, x), Evaluate(width, Function.PowerOfTwo, x));
        Assert.True(float.IsNaN(Evaluate(width, Function.PowerOfTwo, float.NaN)));
    }

    [Theory]
    [MemberData(nameof(KernelWidths.All), MemberType = typeof(KernelWidths))]
    public void Exp_is_accurate_and_clamped(string width)
    {
        for (double x = -87; x <= 88; x += 0.0093)
            AssertRelative(Math.Exp((float)x), Evaluate(width, Function.Exp, (float)x), 3e-7, x);
        Assert.Equal(1, Evaluate(width, Function.Exp, 0));
        foreach (float x in new[] { 88.1f, 1e4f, float.MaxValue, float.PositiveInfinity })
            AssertRelative(Math.Exp(88), Evaluate(width, Function.Exp, x), 3e-7, x);
        foreach (float x in new[] { -87.1f, -103, -119, -1e4f, float.MinValue, float.NegativeInfinity })
            Assert.Equal(0, Evaluate(width, Function.Exp, x));
    }

    [Theory]
    [MemberData(nameof(KernelWidths.All), MemberType = typeof(KernelWidths))]
    public void Sigmoid_is_accurate_and_saturates(string width)
    {
        for (double x = -87; x <= 88; x += 0.0093)
            AssertRelative(1 / (1 + Math.Exp(-(float)x)), Evaluate(width, Function.Sigmoid, (float)x), 1e-6, x);
        Assert.Equal(0.5f, Evaluate(width, Function.Sigmoid, 0));
        foreach (float x in new[] { 40, 1e4f, float.PositiveInfinity })
            Assert.Equal(1, Evaluate(width, Function.Sigmoid, x));
        foreach (float x in new[] { -87.1f, -100, -1e4f, float.NegativeInfinity })
            Assert.Equal(0, Evaluate(width, Function.Sigmoid, x));
    }

    [Theory]
    [MemberData(nameof(KernelWidths.All), MemberType = typeof(KernelWidths))]
    public void Softplus_neither_overflows_nor_loses_small_numbers(string width)
    {
        for (double x = -87; x <= 120; x += 0.0093)
            AssertRelative(Softplus((float)x), Evaluate(width, Function.Softplus, (float)x), 1e-6, x);
        Assert.Equal(1e30f, Evaluate(width, Function.Softplus, 1e30f));
        Assert.Equal(float.PositiveInfinity, Evaluate(width, Function.Softplus, float.PositiveInfinity));
        foreach (float x in new[] { -87.1f, -1e4f, float.NegativeInfinity })
            Assert.Equal(0, Evaluate(width, Function.Softplus, x));
        Assert.Equal(float.NaN, Evaluate(width, Function.Softplus, float.NaN));
    }

    [Theory]
    [MemberData(nameof(KernelWidths.All), MemberType = typeof(KernelWidths))]
    public void Tanh_stays_between_its_bounds(string width)
    {
        for (double x = -12; x <= 12; x += 0.0031)
            Assert.Equal(Math.Tanh((float)x), Evaluate(width, Function.Tanh, (float)x), 1e-6);
        foreach (float x in new[] { 50f, 1e30f, float.PositiveInfinity })
            Assert.Equal((1f, -1f), (Evaluate(width, Function.Tanh, x), Evaluate(width, Function.Tanh, -x)));
        Assert.Equal(float.NaN, Evaluate(width, Function.Tanh, float.NaN));
    }

    private static double Softplus(double x)
    {
        double exponential = Math.Exp(-Math.Abs(x));
        // Below 1e-8 the logarithm is its argument.
        return Math.Max(x, 0) + (exponential < 1e-8 ? exponential : Math.Log(1 + exponential));
    }

    private static void AssertRelative(double expected, double actual, double tolerance, double argument) =>
        Assert.True(
            Math.Abs(actual - expected) <= tolerance * expected,
            $"at {argument}: expected {expected}, got {actual}, relative error {(actual - expected) / expected}");

    private static float Evaluate(string width, Function function, float x) => width switch
    {
        "Vector512" => Evaluate<Width512, Vector512<float>>(function, x),
        "Vector256" => Evaluate<Width256, Vector256<float>>(function, x),
        _ => Evaluate<Width128, Vector128<float>>(function, x),
    };

    /// <summary>
    /// Puts the argument in the last lane and other numbers in the rest, so that mixed-up lanes are noticed.
    /// </summary>
    private static float Evaluate<TWidth, TVector>(Function function, float x)
        where TWidth : IWidth<TVector>
        where TVector : unmanaged
    {
        float* lanes = stackalloc float[16];
        for (int lane = 0; lane < TWidth.Count; lane++)
            lanes[lane] = lane;
        lanes[TWidth.Count - 1] = x;
        var argument = TWidth.Load(lanes);
        TWidth.Store(
            function switch
            {
                Function.PowerOfTwo => TWidth.PowerOfTwo(argument),
                Function.Exp2 => VectorMath<TWidth, TVector>.Exp2(argument, TWidth.Broadcast(-126)),
                Function.Exp => VectorMath<TWidth, TVector>.Exp(argument),
                Function.Softplus => VectorMath<TWidth, TVector>.Softplus(argument),
                Function.Tanh => VectorMath<TWidth, TVector>.Tanh(argument),
                _ => VectorMath<TWidth, TVector>.Sigmoid(argument),
            },
            lanes);
        return lanes[TWidth.Count - 1];
    }
}
