using System.Runtime.CompilerServices;

namespace ModularNetworks.Engine;

/// <summary>
/// Sums over positions of filters' gradients times the numbers of patches, kept lane by lane, a vector for each number of
/// each filter: <c>sums[filter, i] += sum_vector gradients[filter, vector] * numbers[i, vector]</c>.
/// </summary>
internal static unsafe class PatchSums<TWidth, TVector>
    where TWidth : IWidth<TVector>
    where TVector : unmanaged
{
    /// <summary>The number of filters that share each load of the patches.</summary>
    public const int Filters = 4;

    // As many sums are held in registers as a processor needs to keep its multipliers busy.
    private const int NumbersOfFour = 4;
    private const int NumbersOfOne = 8;

    /// <summary>Adds the products of one image.</summary>
    /// <param name="filters">From 1 to <see cref="Filters"/>.</param>
    /// <param name="gradients"><c>[filters, vectors]</c>.</param>
    /// <param name="numbers">The patches.</param>
    /// <param name="patches">Tells where their numbers are.</param>
    /// <param name="sums">For each filter the vectors of a padded patch's numbers.</param>
    /// <param name="sumStride">The distance between two filters' sums.</param>
    public static void Add(
        int filters, float* gradients, float* numbers, in PatchNumbers<TWidth, TVector> patches, float* sums, nint sumStride)
    {
        switch (patches.Places.RowsPerVector)
        {
            case 1:
                Add<OneRow<TWidth, TVector>>(filters, gradients, numbers, patches, sums, sumStride);
                break;
            case 2:
                Add<TwoRows<TWidth, TVector>>(filters, gradients, numbers, patches, sums, sumStride);
                break;
            default:
                Add<FourRows<TWidth, TVector>>(filters, gradients, numbers, patches, sums, sumStride);
                break;
        }
    }

    private static void Add<TRows>(
        int filters, float* gradients, float* numbers, in PatchNumbers<TWidth, TVector> patches, float* sums, nint sumStride)
        where TRows : IPositionRows<TVector>
    {
        int vectors = patches.Vectors;
        if (filters == Filters)
        {
            for (int i = 0; i < patches.PaddedRows; i += NumbersOfFour)
                AddFour<TRows>(gradients, numbers, patches.Places, i, vectors, sums + (i * TWidth.Count), sumStride);
            return;
        }
        for (int filter = 0; filter < filters; filter++)
        {
            float* ofFilter = gradients + (filter * vectors * TWidth.Count);
            for (int i = 0; i < patches.PaddedRows; i += NumbersOfOne)
                AddOne<TRows>(ofFilter, numbers, patches.Places, i, vectors, sums + (filter * sumStride) + (i * TWidth.Count));
        }
    }

    /// <summary>Adds the products of one filter's gradient and eight numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void AddOne<TRows>(
        float* gradient, float* numbers, in PatchPlaces places, int first, int vectors, float* sums)
        where TRows : IPositionRows<TVector>
    {
        nint lanes = TWidth.Count, rowStride = places.RowStride;
        int* place = places.Numbers + first, vectorPlaces = places.Vectors;
        float* n0 = numbers + place[0], n1 = numbers + place[1], n2 = numbers + place[2], n3 = numbers + place[3];
        float* n4 = numbers + place[4], n5 = numbers + place[5], n6 = numbers + place[6], n7 = numbers + place[7];
        Load(sums, lanes, out var s0, out var s1, out var s2, out var s3);
        Load(sums + (4 * lanes), lanes, out var s4, out var s5, out var s6, out var s7);
        for (int vector = 0; vector < vectors; vector++)
        {
            var factors = TWidth.Load(gradient + (vector * lanes));
            nint at = vectorPlaces[vector];
            s0 = TWidth.MultiplyAdd(factors, TRows.Load(n0 + at, rowStride), s0);
            s1 = TWidth.MultiplyAdd(factors, TRows.Load(n1 + at, rowStride), s1);
            s2 = TWidth.MultiplyAdd(factors, TRows.Load(n2 + at, rowStride), s2);
            s3 = TWidth.MultiplyAdd(factors, TRows.Load(n3 + at, rowStride), s3);
            s4 = TWidth.MultiplyAdd(factors, TRows.Load(n4 + at, rowStride), s4);
            s5 = TWidth.MultiplyAdd(factors, TRows.Load(n5 + at, rowStride), s5);
            s6 = TWidth.MultiplyAdd(factors, TRows.Load(n6 + at, rowStride), s6);
            s7 = TWidth.MultiplyAdd(factors, TRows.Load(n7 + at, rowStride), s7);
        }
        Store(s0, s1, s2, s3, sums, lanes);
        Store(s4, s5, s6, s7, sums + (4 * lanes), lanes);
    }

    /// <summary>Adds the products of four filters' gradients and four numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void AddFour<TRows>(
        float* gradients, float* numbers, in PatchPlaces places, int first, int vectors, float* sums, nint sumStride)
        where TRows : IPositionRows<TVector>
    {
        nint lanes = TWidth.Count, rowStride = places.RowStride, filter = vectors * lanes;
        int* place = places.Numbers + first, vectorPlaces = places.Vectors;
        float* n0 = numbers + place[0], n1 = numbers + place[1], n2 = numbers + place[2], n3 = numbers + place[3];
        Load(sums, lanes, out var a0, out var a1, out var a2, out var a3);
        Load(sums + sumStride, lanes, out var b0, out var b1, out var b2, out var b3);
        Load(sums + (2 * sumStride), lanes, out var c0, out var c1, out var c2, out var c3);
        Load(sums + (3 * sumStride), lanes, out var d0, out var d1, out var d2, out var d3);
        for (int vector = 0; vector < vectors; vector++, gradients += lanes)
        {
            nint at = vectorPlaces[vector];
            TVector v0 = TRows.Load(n0 + at, rowStride), v1 = TRows.Load(n1 + at, rowStride);
            TVector v2 = TRows.Load(n2 + at, rowStride), v3 = TRows.Load(n3 + at, rowStride);
            AddTo(TWidth.Load(gradients), v0, v1, v2, v3, ref a0, ref a1, ref a2, ref a3);
            AddTo(TWidth.Load(gradients + filter), v0, v1, v2, v3, ref b0, ref b1, ref b2, ref b3);
            AddTo(TWidth.Load(gradients + (2 * filter)), v0, v1, v2, v3, ref c0, ref c1, ref c2, ref c3);
            AddTo(TWidth.Load(gradients + (3 * filter)), v0, v1, v2, v3, ref d0, ref d1, ref d2, ref d3);
        }
        Store(a0, a1, a2, a3, sums, lanes);
        Store(b0, b1, b2, b3, sums + sumStride, lanes);
        Store(c0, c1, c2, c3, sums + (2 * sumStride), lanes);
        Store(d0, d1, d2, d3, sums + (3 * sumStride), lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTo(
        TVector factors, TVector v0, TVector v1, TVector v2, TVector v3,
        ref TVector s0, ref TVector s1, ref TVector s2, ref TVector s3)
    {
        s0 = TWidth.MultiplyAdd(factors, v0, s0);
        s1 = TWidth.MultiplyAdd(factors, v1, s1);
        s2 = TWidth.MultiplyAdd(factors, v2, s2);
        s3 = TWidth.MultiplyAdd(factors, v3, s3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Load(
        float* source, nint lanes, out TVector first, out TVector second, out TVector third, out TVector fourth)
    {
        first = TWidth.Load(source);
        second = TWidth.Load(source + lanes);
        third = TWidth.Load(source + (2 * lanes));
        fourth = TWidth.Load(source + (3 * lanes));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(TVector first, TVector second, TVector third, TVector fourth, float* target, nint lanes)
    {
        TWidth.Store(first, target);
        TWidth.Store(second, target + lanes);
        TWidth.Store(third, target + (2 * lanes));
        TWidth.Store(fourth, target + (3 * lanes));
    }
}
