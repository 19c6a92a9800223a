using System.Runtime.CompilerServices;

namespace ModularNetworks.Engine;

internal sealed unsafe partial class SimdKernels<TWidth, TVector>
{
    private const int BlockRows = 8;

    /// <summary>Adds the products of powers and weights, summed over classes lane by lane, of four rows.</summary>
    /// <param name="powers"><c>[blocks, 4, lanes]</c> with <paramref name="powersStride"/> numbers from block to block.</param>
    /// <param name="powersStride">See <paramref name="powers"/>.</param>
    /// <param name="packed"><c>[blocks, features + 1, lanes]</c>.</param>
    /// <param name="blocks">Class blocks.</param>
    /// <param name="features">A multiple of 2.</param>
    /// <param name="gradient"><c>[features / 2, 4, 2, lanes]</c>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddHiddenGradient(
        float* powers, int powersStride, float* packed, int blocks, int features, float* gradient)
    {
        int lanes = TWidth.Count;
        for (int f = 0; f < features; f += 2, gradient += 8 * lanes)
        {
            var (a0, a1) = (TWidth.Load(gradient), TWidth.Load(gradient + lanes));
            var (b0, b1) = (TWidth.Load(gradient + (2 * lanes)), TWidth.Load(gradient + (3 * lanes)));
            var (c0, c1) = (TWidth.Load(gradient + (4 * lanes)), TWidth.Load(gradient + (5 * lanes)));
            var (d0, d1) = (TWidth.Load(gradient + (6 * lanes)), TWidth.Load(gradient + (7 * lanes)));
            float* power = powers;
            float* weight = packed + (f * lanes);
            for (int block = 0; block < blocks; block++)
            {
                var (w0, w1) = (TWidth.Load(weight), TWidth.Load(weight + lanes));
                var p = TWidth.Load(power);
                (a0, a1) = (TWidth.MultiplyAdd(p, w0, a0), TWidth.MultiplyAdd(p, w1, a1));
                p = TWidth.Load(power + lanes);
                (b0, b1) = (TWidth.MultiplyAdd(p, w0, b0), TWidth.MultiplyAdd(p, w1, b1));
                p = TWidth.Load(power + (2 * lanes));
                (c0, c1) = (TWidth.MultiplyAdd(p, w0, c0), TWidth.MultiplyAdd(p, w1, c1));
                p = TWidth.Load(power + (3 * lanes));
                (d0, d1) = (TWidth.MultiplyAdd(p, w0, d0), TWidth.MultiplyAdd(p, w1, d1));
                power += powersStride;
                weight += (features + 1) * lanes;
            }
            StorePair(a0, a1, gradient);
            StorePair(b0, b1, gradient + (2 * lanes));
            StorePair(c0, c1, gradient + (4 * lanes));
            StorePair(d0, d1, gradient + (6 * lanes));
        }
    }

    /// <summary>Adds, for each class, the sum over a block of rows of power times coefficient.</summary>
    /// <param name="powers"><c>[blocks, rows, lanes]</c>.</param>
    /// <param name="blocks">Class blocks.</param>
    /// <param name="coefficients"><c>[rows, 9]</c>: of eight features and the bias.</param>
    /// <param name="gradient"><c>[blocks, 8, lanes]</c> with <paramref name="stride"/> numbers from block to block.</param>
    /// <param name="biasGradient"><c>[blocks, lanes]</c>, with the same stride.</param>
    /// <param name="stride">See <paramref name="gradient"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddOuterProducts(
        float* powers, int blocks, float* coefficients, float* gradient, float* biasGradient, int stride)
    {
        int lanes = TWidth.Count;
        for (int block = 0; block < blocks; block++, gradient += stride, biasGradient += stride)
        {
            var (g0, g1) = (TWidth.Load(gradient), TWidth.Load(gradient + lanes));
            var (g2, g3) = (TWidth.Load(gradient + (2 * lanes)), TWidth.Load(gradient + (3 * lanes)));
            var (g4, g5) = (TWidth.Load(gradient + (4 * lanes)), TWidth.Load(gradient + (5 * lanes)));
            var (g6, g7) = (TWidth.Load(gradient + (6 * lanes)), TWidth.Load(gradient + (7 * lanes)));
            var bias = TWidth.Load(biasGradient);
            float* c = coefficients;
            for (int row = 0; row < BlockRows; row++, c += FeatureStep + 1, powers += lanes)
            {
                var p = TWidth.Load(powers);
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
            StorePair(g0, g1, gradient);
            StorePair(g2, g3, gradient + (2 * lanes));
            StorePair(g4, g5, gradient + (4 * lanes));
            StorePair(g6, g7, gradient + (6 * lanes));
            TWidth.Store(bias, biasGradient);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StorePair(TVector first, TVector second, float* target)
    {
        TWidth.Store(first, target);
        TWidth.Store(second, target + TWidth.Count);
    }
}
