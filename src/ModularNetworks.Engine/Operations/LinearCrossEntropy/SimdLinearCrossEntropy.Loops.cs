using System.Runtime.CompilerServices;

namespace ModularNetworks.Engine;

// The inner loops of the softmax classifier. Each works on a group of four rows and a run of class blocks that fit the
// first-level cache together with what is made of them.
internal static unsafe partial class SimdLinearCrossEntropy<TWidth, TVector>
{
    private const int FeatureStep = 8;

    /// <summary>
    /// Adds <c>2^(logit - reference)</c> to the sums of four rows, lane by lane, and stores the powers unless
    /// <paramref name="powers"/> is null.
    /// </summary>
    /// <param name="hidden"><c>[4, features]</c>.</param>
    /// <param name="features">Padded to a multiple of <see cref="FeatureStep"/>.</param>
    /// <param name="packed"><c>[blocks, features + 1, lanes]</c>.</param>
    /// <param name="blocks">Class blocks.</param>
    /// <param name="references"><c>[4]</c>.</param>
    /// <param name="sums"><c>[4, lanes]</c>.</param>
    /// <param name="powers"><c>[blocks, 4, lanes]</c> with <paramref name="powersStride"/> numbers from block to
    /// block.</param>
    /// <param name="powersStride">See <paramref name="powers"/>.</param>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void AddPowers<TPowers>(
        float* hidden,
        int features,
        float* packed,
        int blocks,
        float* references,
        float* sums,
        float* powers,
        int powersStride)
        where TPowers : struct, IPowers
    {
        int lanes = TWidth.Count;
        var (s0, s1) = (TWidth.Load(sums), TWidth.Load(sums + lanes));
        var (s2, s3) = (TWidth.Load(sums + (2 * lanes)), TWidth.Load(sums + (3 * lanes)));
        var (r0, r1) = (TWidth.Broadcast(references[0]), TWidth.Broadcast(references[1]));
        var (r2, r3) = (TWidth.Broadcast(references[2]), TWidth.Broadcast(references[3]));
        for (int block = 0; block < blocks; block++)
        {
            packed = Logits(hidden, features, packed, out var z0, out var z1, out var z2, out var z3);
            z0 = TPowers.Of(z0, r0);
            z1 = TPowers.Of(z1, r1);
            z2 = TPowers.Of(z2, r2);
            z3 = TPowers.Of(z3, r3);
            (s0, s1, s2, s3) = (TWidth.Add(s0, z0), TWidth.Add(s1, z1), TWidth.Add(s2, z2), TWidth.Add(s3, z3));
            if (powers != null)
            {
                TWidth.Store(z0, powers);
                TWidth.Store(z1, powers + lanes);
                TWidth.Store(z2, powers + (2 * lanes));
                TWidth.Store(z3, powers + (3 * lanes));
                powers += powersStride;
            }
        }
        TWidth.Store(s0, sums);
        TWidth.Store(s1, sums + lanes);
        TWidth.Store(s2, sums + (2 * lanes));
        TWidth.Store(s3, sums + (3 * lanes));
    }

    /// <summary>The largest logit of each of four rows.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void LargestLogits(float* hidden, int features, float* packed, int blocks, float* largest)
    {
        var m0 = TWidth.Broadcast(AbsentClassBias);
        var (m1, m2, m3) = (m0, m0, m0);
        for (int block = 0; block < blocks; block++)
        {
            packed = Logits(hidden, features, packed, out var z0, out var z1, out var z2, out var z3);
            (m0, m1, m2, m3) = (TWidth.Max(m0, z0), TWidth.Max(m1, z1), TWidth.Max(m2, z2), TWidth.Max(m3, z3));
        }
        largest[0] = TWidth.MaxLane(m0);
        largest[1] = TWidth.MaxLane(m1);
        largest[2] = TWidth.MaxLane(m2);
        largest[3] = TWidth.MaxLane(m3);
    }

    /// <summary>The logits of four rows and one block of classes.</summary>
    /// <returns>Where the next block starts.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float* Logits(
        float* hidden, int features, float* packed, out TVector z0, out TVector z1, out TVector z2, out TVector z3)
    {
        var (a0, a1, a2, a3) = (default(TVector), default(TVector), default(TVector), default(TVector));
        a0 = a1 = a2 = a3 = TWidth.Load(packed + (features * TWidth.Count));
        for (int f = 0; f < features; f += FeatureStep)
        {
            AddFeature(hidden + f, features, packed, ref a0, ref a1, ref a2, ref a3);
            AddFeature(hidden + f + 1, features, packed + TWidth.Count, ref a0, ref a1, ref a2, ref a3);
            AddFeature(hidden + f + 2, features, packed + (2 * TWidth.Count), ref a0, ref a1, ref a2, ref a3);
            AddFeature(hidden + f + 3, features, packed + (3 * TWidth.Count), ref a0, ref a1, ref a2, ref a3);
            AddFeature(hidden + f + 4, features, packed + (4 * TWidth.Count), ref a0, ref a1, ref a2, ref a3);
            AddFeature(hidden + f + 5, features, packed + (5 * TWidth.Count), ref a0, ref a1, ref a2, ref a3);
            AddFeature(hidden + f + 6, features, packed + (6 * TWidth.Count), ref a0, ref a1, ref a2, ref a3);
            AddFeature(hidden + f + 7, features, packed + (7 * TWidth.Count), ref a0, ref a1, ref a2, ref a3);
            packed += FeatureStep * TWidth.Count;
        }
        (z0, z1, z2, z3) = (a0, a1, a2, a3);
        return packed + TWidth.Count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddFeature(
        float* hidden, int features, float* weight, ref TVector z0, ref TVector z1, ref TVector z2, ref TVector z3)
    {
        var w = TWidth.Load(weight);
        z0 = TWidth.MultiplyAdd(w, TWidth.Broadcast(hidden[0]), z0);
        z1 = TWidth.MultiplyAdd(w, TWidth.Broadcast(hidden[features]), z1);
        z2 = TWidth.MultiplyAdd(w, TWidth.Broadcast(hidden[2 * features]), z2);
        z3 = TWidth.MultiplyAdd(w, TWidth.Broadcast(hidden[3 * features]), z3);
    }
}
