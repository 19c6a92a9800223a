using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ModularNetworks.Engine;

internal static unsafe partial class SimdLinearCrossEntropy<TWidth, TVector>
{
    // The powers of so many rows are held. For each block of rows the weights and their gradient pass through the second-level
    // cache; the powers pass once each way however many rows there are.
    private const int BlockRows = 32;

    // Keeps the groups of powers, which are read side by side, from meeting in the same sets of the first-level cache.
    private const int SpareBetweenGroups = 8 * CacheLine;

    /// <summary>Adds the products of powers and weights, summed over classes lane by lane, of four rows.</summary>
    /// <param name="powers"><c>[blocks, 4, lanes]</c> with <paramref name="powersStride"/> numbers from block to
    /// block.</param>
    /// <param name="powersStride">See <paramref name="powers"/>.</param>
    /// <param name="packed"><c>[blocks, features + 1, lanes]</c>.</param>
    /// <param name="blocks">Class blocks.</param>
    /// <param name="features">A multiple of <see cref="FeatureStep"/>.</param>
    /// <param name="gradient"><c>[features / 2, 4, 2, lanes]</c>.</param>
    private static void AddHiddenGradient(
        float* powers, nint powersStride, float* packed, int blocks, int features, float* gradient)
    {
        // 32 registers hold the sums of four features of four rows; 16 registers, those of two.
        bool fours = TWidth.Count == Vector512<float>.Count;
        nint lanes = TWidth.Count;
        for (int f = 0; f < features; f += fours ? 4 : 2)
        {
            float* weights = packed + (f * lanes);
            float* sums = gradient + (f * GroupRows * lanes);
            if (fours)
                AddFourFeatures(powers, powersStride, weights, (features + 1) * lanes, blocks, sums);
            else
                AddTwoFeatures(powers, powersStride, weights, (features + 1) * lanes, blocks, sums);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void AddTwoFeatures(
        float* power, nint powersStride, float* weight, nint weightStride, int blocks, float* gradient)
    {
        nint lanes = TWidth.Count;
        LoadTwo(gradient, lanes, out var a0, out var a1);
        LoadTwo(gradient + (2 * lanes), lanes, out var b0, out var b1);
        LoadTwo(gradient + (4 * lanes), lanes, out var c0, out var c1);
        LoadTwo(gradient + (6 * lanes), lanes, out var d0, out var d1);
        for (int block = 0; block < blocks; block++, power += powersStride, weight += weightStride)
        {
            LoadTwo(weight, lanes, out var w0, out var w1);
            AddTwo(power, w0, w1, ref a0, ref a1);
            AddTwo(power + lanes, w0, w1, ref b0, ref b1);
            AddTwo(power + (2 * lanes), w0, w1, ref c0, ref c1);
            AddTwo(power + (3 * lanes), w0, w1, ref d0, ref d1);
        }
        StoreTwo(a0, a1, gradient, lanes);
        StoreTwo(b0, b1, gradient + (2 * lanes), lanes);
        StoreTwo(c0, c1, gradient + (4 * lanes), lanes);
        StoreTwo(d0, d1, gradient + (6 * lanes), lanes);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void AddFourFeatures(
        float* power, nint powersStride, float* weight, nint weightStride, int blocks, float* gradient)
    {
        nint lanes = TWidth.Count;
        float* second = gradient + (2 * GroupRows * lanes);
        LoadTwo(gradient, lanes, out var a0, out var a1);
        LoadTwo(gradient + (2 * lanes), lanes, out var b0, out var b1);
        LoadTwo(gradient + (4 * lanes), lanes, out var c0, out var c1);
        LoadTwo(gradient + (6 * lanes), lanes, out var d0, out var d1);
        LoadTwo(second, lanes, out var a2, out var a3);
        LoadTwo(second + (2 * lanes), lanes, out var b2, out var b3);
        LoadTwo(second + (4 * lanes), lanes, out var c2, out var c3);
        LoadTwo(second + (6 * lanes), lanes, out var d2, out var d3);
        for (int block = 0; block < blocks; block++, power += powersStride, weight += weightStride)
        {
            LoadTwo(weight, lanes, out var w0, out var w1);
            LoadTwo(weight + (2 * lanes), lanes, out var w2, out var w3);
            AddTwo(power, w0, w1, ref a0, ref a1);
            AddTwo(power, w2, w3, ref a2, ref a3);
            AddTwo(power + lanes, w0, w1, ref b0, ref b1);
            AddTwo(power + lanes, w2, w3, ref b2, ref b3);
            AddTwo(power + (2 * lanes), w0, w1, ref c0, ref c1);
            AddTwo(power + (2 * lanes), w2, w3, ref c2, ref c3);
            AddTwo(power + (3 * lanes), w0, w1, ref d0, ref d1);
            AddTwo(power + (3 * lanes), w2, w3, ref d2, ref d3);
        }
        StoreTwo(a0, a1, gradient, lanes);
        StoreTwo(b0, b1, gradient + (2 * lanes), lanes);
        StoreTwo(c0, c1, gradient + (4 * lanes), lanes);
        StoreTwo(d0, d1, gradient + (6 * lanes), lanes);
        StoreTwo(a2, a3, second, lanes);
        StoreTwo(b2, b3, second + (2 * lanes), lanes);
        StoreTwo(c2, c3, second + (4 * lanes), lanes);
        StoreTwo(d2, d3, second + (6 * lanes), lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTwo(float* power, TVector w0, TVector w1, ref TVector sum0, ref TVector sum1)
    {
        var p = TWidth.Load(power);
        sum0 = TWidth.MultiplyAdd(p, w0, sum0);
        sum1 = TWidth.MultiplyAdd(p, w1, sum1);
    }
}
