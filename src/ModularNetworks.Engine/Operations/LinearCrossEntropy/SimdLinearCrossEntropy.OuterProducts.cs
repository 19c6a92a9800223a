using System.Runtime.CompilerServices;

namespace ModularNetworks.Engine;

internal static unsafe partial class SimdLinearCrossEntropy<TWidth, TVector>
{
    /// <summary>Adds, for each class, the sum over a block of rows of power times coefficient.</summary>
    /// <param name="powers"><c>[groups, blocks, 4, lanes]</c> with <paramref name="groupStride"/> numbers from group to group.</param>
    /// <param name="groups">Groups of four rows.</param>
    /// <param name="groupStride">See <paramref name="powers"/>.</param>
    /// <param name="blocks">Class blocks.</param>
    /// <param name="coefficients"><c>[rows, 9]</c>: of eight features and the bias.</param>
    /// <param name="gradient"><c>[blocks, 8, lanes]</c> with <paramref name="stride"/> numbers from block to
    /// block.</param>
    /// <param name="biasGradient"><c>[blocks, lanes]</c>, with the same stride.</param>
    /// <param name="stride">See <paramref name="gradient"/>.</param>
    private static void AddOuterProducts(
        float* powers, int groups, nint groupStride, int blocks, float* coefficients, float* gradient, float* biasGradient, int stride)
    {
        int pairs = blocks / 2;
        AddOuterProductsOfPairs(powers, groups, groupStride, pairs, coefficients, gradient, biasGradient, stride);
        if (blocks % 2 == 0)
            return;
        long last = blocks - 1;
        AddOuterProductsOfOne(
            powers + (last * GroupRows * TWidth.Count), groups, groupStride, coefficients,
            gradient + (last * stride), biasGradient + (last * stride));
    }

    /// <summary>Two class blocks at a time, so that each coefficient is loaded once for both.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void AddOuterProductsOfPairs(
        float* powers, int groups, nint groupStride, int pairs, float* coefficients, float* gradient, float* bias, nint stride)
    {
        nint lanes = TWidth.Count;
        for (; pairs > 0; pairs--, powers += 2 * GroupRows * lanes, gradient += 2 * stride, bias += 2 * stride)
        {
            LoadTwo(gradient + (0 * lanes), stride, out var a0, out var b0);
            LoadTwo(gradient + (1 * lanes), stride, out var a1, out var b1);
            LoadTwo(gradient + (2 * lanes), stride, out var a2, out var b2);
            LoadTwo(gradient + (3 * lanes), stride, out var a3, out var b3);
            LoadTwo(gradient + (4 * lanes), stride, out var a4, out var b4);
            LoadTwo(gradient + (5 * lanes), stride, out var a5, out var b5);
            LoadTwo(gradient + (6 * lanes), stride, out var a6, out var b6);
            LoadTwo(gradient + (7 * lanes), stride, out var a7, out var b7);
            LoadTwo(bias, stride, out var a8, out var b8);
            float* c = coefficients, power = powers;
            for (int row = 0; row < groups * GroupRows; row++, c += FeatureStep + 1)
            {
                var p = TWidth.Load(power);
                var q = TWidth.Load(power + (GroupRows * lanes));
                power += row % GroupRows == GroupRows - 1 ? groupStride - ((GroupRows - 1) * lanes) : lanes;
                AddProducts(p, q, c[0], ref a0, ref b0);
                AddProducts(p, q, c[1], ref a1, ref b1);
                AddProducts(p, q, c[2], ref a2, ref b2);
                AddProducts(p, q, c[3], ref a3, ref b3);
                AddProducts(p, q, c[4], ref a4, ref b4);
                AddProducts(p, q, c[5], ref a5, ref b5);
                AddProducts(p, q, c[6], ref a6, ref b6);
                AddProducts(p, q, c[7], ref a7, ref b7);
                AddProducts(p, q, c[8], ref a8, ref b8);
            }
            StoreTwo(a0, b0, gradient + (0 * lanes), stride);
            StoreTwo(a1, b1, gradient + (1 * lanes), stride);
            StoreTwo(a2, b2, gradient + (2 * lanes), stride);
            StoreTwo(a3, b3, gradient + (3 * lanes), stride);
            StoreTwo(a4, b4, gradient + (4 * lanes), stride);
            StoreTwo(a5, b5, gradient + (5 * lanes), stride);
            StoreTwo(a6, b6, gradient + (6 * lanes), stride);
            StoreTwo(a7, b7, gradient + (7 * lanes), stride);
            StoreTwo(a8, b8, bias, stride);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void AddOuterProductsOfOne(
        float* powers, int groups, nint groupStride, float* coefficients, float* gradient, float* biasGradient)
    {
        int lanes = TWidth.Count;
        var (g0, g1) = (TWidth.Load(gradient), TWidth.Load(gradient + lanes));
        var (g2, g3) = (TWidth.Load(gradient + (2 * lanes)), TWidth.Load(gradient + (3 * lanes)));
        var (g4, g5) = (TWidth.Load(gradient + (4 * lanes)), TWidth.Load(gradient + (5 * lanes)));
        var (g6, g7) = (TWidth.Load(gradient + (6 * lanes)), TWidth.Load(gradient + (7 * lanes)));
        var bias = TWidth.Load(biasGradient);
        float* c = coefficients;
        for (int row = 0; row < groups * GroupRows; row++, c += FeatureStep + 1)
        {
            var p = TWidth.Load(powers);
            powers += row % GroupRows == GroupRows - 1 ? groupStride - ((GroupRows - 1) * lanes) : lanes;
            g0 = TWidth.MultiplyAdd(p, TWidth.Broadcast(c[0]), g0);
            g1 = TWidth.MultiplyAdd(p, TWidth.Broadcast(c[1]), g1);
            g2 = TWidth.MultiplyAdd(p, TWidth.Broadcast(c[2]), g2);
            g3 = TWidth.MultiplyAdd(p, TWidth.Broadcast(c[3]), g3);
            g4 = TWidth.MultiplyAdd(p, TWidth.Broadcast(c[4]), g4);
            g5 = TWidth.MultiplyAdd(p, TWidth.Broadcast(c[5]), g5);
            g6 = TWidth.MultiplyAdd(p, TWidth.Broadcast(c[6]), g6);
            g7 = TWidth.MultiplyAdd(p, TWidth.Broadcast(c[7]), g7);
            bias = TWidth.MultiplyAdd(p, TWidth.Broadcast(c[8]), bias);
        }
        StoreTwo(g0, g1, gradient, lanes);
        StoreTwo(g2, g3, gradient + (2 * lanes), lanes);
        StoreTwo(g4, g5, gradient + (4 * lanes), lanes);
        StoreTwo(g6, g7, gradient + (6 * lanes), lanes);
        TWidth.Store(bias, biasGradient);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddProducts(TVector p, TVector q, float coefficient, ref TVector a, ref TVector b)
    {
        var c = TWidth.Broadcast(coefficient);
        a = TWidth.MultiplyAdd(p, c, a);
        b = TWidth.MultiplyAdd(q, c, b);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void LoadTwo(float* source, nint stride, out TVector first, out TVector second)
    {
        first = TWidth.Load(source);
        second = TWidth.Load(source + stride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreTwo(TVector first, TVector second, float* target, nint stride)
    {
        TWidth.Store(first, target);
        TWidth.Store(second, target + stride);
    }
}
