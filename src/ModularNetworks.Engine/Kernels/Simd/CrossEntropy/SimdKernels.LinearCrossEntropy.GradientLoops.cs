using System.Runtime.CompilerServices;

namespace ModularNetworks.Engine;

internal sealed unsafe partial class SimdKernels<TWidth, TVector>
{
    private const int BlockRows = 8;

    /// <summary>Adds the products of powers and weights, summed over classes lane by lane, of four rows.</summary>
    /// <param name="powers"><c>[blocks, 4, lanes]</c> with <paramref name="powersStride"/> numbers from block to
    /// block.</param>
    /// <param name="powersStride">See <paramref name="powers"/>.</param>
    /// <param name="packed"><c>[blocks, features + 1, lanes]</c>.</param>
    /// <param name="blocks">Class blocks.</param>
    /// <param name="features">A multiple of 2.</param>
    /// <param name="gradient"><c>[features / 2, 4, 2, lanes]</c>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddHiddenGradient(
        float* powers, nint powersStride, float* packed, int blocks, int features, float* gradient)
    {
        nint lanes = TWidth.Count;
        nint weightStride = (features + 1) * lanes;
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
                var w0 = TWidth.Load(weight);
                var w1 = TWidth.Load(weight + lanes);
                var p = TWidth.Load(power);
                a0 = TWidth.MultiplyAdd(p, w0, a0);
                a1 = TWidth.MultiplyAdd(p, w1, a1);
                p = TWidth.Load(power + lanes);
                b0 = TWidth.MultiplyAdd(p, w0, b0);
                b1 = TWidth.MultiplyAdd(p, w1, b1);
                p = TWidth.Load(power + (2 * lanes));
                c0 = TWidth.MultiplyAdd(p, w0, c0);
                c1 = TWidth.MultiplyAdd(p, w1, c1);
                p = TWidth.Load(power + (3 * lanes));
                d0 = TWidth.MultiplyAdd(p, w0, d0);
                d1 = TWidth.MultiplyAdd(p, w1, d1);
                power += powersStride;
                weight += weightStride;
            }
            StoreTwo(a0, a1, gradient, lanes);
            StoreTwo(b0, b1, gradient + (2 * lanes), lanes);
            StoreTwo(c0, c1, gradient + (4 * lanes), lanes);
            StoreTwo(d0, d1, gradient + (6 * lanes), lanes);
        }
    }
}
