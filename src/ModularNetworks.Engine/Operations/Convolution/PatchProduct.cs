using System.Runtime.CompilerServices;

namespace ModularNetworks.Engine;

/// <summary>
/// Products of rows of factors with the numbers of patches:
/// <c>sums[position] = start + sum_i factors[i] * numbers[i, position]</c>.
/// </summary>
internal static unsafe class PatchProduct<TWidth, TVector>
    where TWidth : IWidth<TVector>
    where TVector : unmanaged
{
    // As many sums are held in registers as a processor needs to keep its multipliers busy: 2 rows of 4 vectors, or,
    // where fewer positions are left, 8 rows of 1.
    private const int RowsOfOne = 8;
    private const int Vectors = 4;

    /// <summary>Makes the sums of all rows.</summary>
    /// <param name="rows">At least one row.</param>
    /// <param name="rowCount">The number of rows.</param>
    /// <param name="inner">The number of factors of a row.</param>
    /// <param name="numbers">The numbers that are multiplied by the factors.</param>
    /// <param name="places">Where the numbers of each factor and each vector of positions lie.</param>
    /// <param name="positions">The number of sums in a row.</param>
    /// <param name="least">The bound to which smaller sums are raised: 0 to rectify, else minus infinity.</param>
    public static void Run(
        PatchRow* rows, int rowCount, int inner, float* numbers, in PatchPlaces places, int positions, float least)
    {
        switch (places.RowsPerVector)
        {
            case 1:
                Run<OneRow<TWidth, TVector>>(rows, rowCount, inner, numbers, places, positions, least);
                break;
            case 2:
                Run<TwoRows<TWidth, TVector>>(rows, rowCount, inner, numbers, places, positions, least);
                break;
            default:
                Run<FourRows<TWidth, TVector>>(rows, rowCount, inner, numbers, places, positions, least);
                break;
        }
    }

    private static void Run<TRows>(
        PatchRow* rows, int rowCount, int inner, float* numbers, in PatchPlaces places, int positions, float least)
        where TRows : IPositionRows<TVector>
    {
        int vector = 0;
        for (; (vector + Vectors) * TWidth.Count <= positions; vector += Vectors)
        {
            for (int row = 0; row < rowCount; row += 2)
                RowPair<TRows>(rows[row], rows[Math.Min(row + 1, rowCount - 1)], inner, numbers, places, vector, least);
        }
        for (; vector * TWidth.Count < positions; vector++)
        {
            int count = Math.Min(TWidth.Count, positions - (vector * TWidth.Count));
            for (int row = 0; row < rowCount; row += RowsOfOne)
                EightRows<TRows>(rows + row, rowCount - row, inner, numbers, places, vector, count, least);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void RowPair<TRows>(
        in PatchRow first, in PatchRow second, int inner, float* numbers, in PatchPlaces places, int vector, float least)
        where TRows : IPositionRows<TVector>
    {
        nint lanes = TWidth.Count, position = vector * lanes, rowStride = places.RowStride;
        int* vectors = places.Vectors + vector;
        nint v1 = vectors[1] - vectors[0], v2 = vectors[2] - vectors[0], v3 = vectors[3] - vectors[0];
        int* place = places.Numbers;
        numbers += vectors[0];
        var floor = TWidth.Broadcast(least);
        float* a = first.Factors;
        float* b = second.Factors;
        var a0 = TWidth.Broadcast(first.Start);
        var b0 = TWidth.Broadcast(second.Start);
        var (a1, a2, a3) = (a0, a0, a0);
        var (b1, b2, b3) = (b0, b0, b0);
        for (int i = 0; i < inner; i++)
        {
            float* source = numbers + place[i];
            var factor = TWidth.Broadcast(a[i]);
            var other = TWidth.Broadcast(b[i]);
            Add(TRows.Load(source, rowStride), factor, other, ref a0, ref b0);
            Add(TRows.Load(source + v1, rowStride), factor, other, ref a1, ref b1);
            Add(TRows.Load(source + v2, rowStride), factor, other, ref a2, ref b2);
            Add(TRows.Load(source + v3, rowStride), factor, other, ref a3, ref b3);
        }
        StoreTwo(TWidth.Max(floor, a0), TWidth.Max(floor, a1), first.Sums + position);
        StoreTwo(TWidth.Max(floor, a2), TWidth.Max(floor, a3), first.Sums + position + (2 * lanes));
        StoreTwo(TWidth.Max(floor, b0), TWidth.Max(floor, b1), second.Sums + position);
        StoreTwo(TWidth.Max(floor, b2), TWidth.Max(floor, b3), second.Sums + position + (2 * lanes));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void EightRows<TRows>(
        PatchRow* rows, int rowCount, int inner, float* numbers, in PatchPlaces places, int vector, int count, float least)
        where TRows : IPositionRows<TVector>
    {
        nint position = vector * TWidth.Count, rowStride = places.RowStride;
        int* place = places.Numbers;
        numbers += places.Vectors[vector];
        // Sums come second in a maximum, so that what is not a number stays so.
        var floor = TWidth.Broadcast(least);
        // Where there are fewer rows, the last one is done again.
        int last = rowCount - 1;
        PatchRow* r0 = rows, r1 = rows + Math.Min(1, last), r2 = rows + Math.Min(2, last), r3 = rows + Math.Min(3, last);
        PatchRow* r4 = rows + Math.Min(4, last), r5 = rows + Math.Min(5, last);
        PatchRow* r6 = rows + Math.Min(6, last), r7 = rows + Math.Min(7, last);
        float* f0 = r0->Factors, f1 = r1->Factors, f2 = r2->Factors, f3 = r3->Factors;
        float* f4 = r4->Factors, f5 = r5->Factors, f6 = r6->Factors, f7 = r7->Factors;
        var (s0, s1) = (TWidth.Broadcast(r0->Start), TWidth.Broadcast(r1->Start));
        var (s2, s3) = (TWidth.Broadcast(r2->Start), TWidth.Broadcast(r3->Start));
        var (s4, s5) = (TWidth.Broadcast(r4->Start), TWidth.Broadcast(r5->Start));
        var (s6, s7) = (TWidth.Broadcast(r6->Start), TWidth.Broadcast(r7->Start));
        for (int i = 0; i < inner; i++)
        {
            var source = TRows.Load(numbers + place[i], rowStride);
            s0 = TWidth.MultiplyAdd(source, TWidth.Broadcast(f0[i]), s0);
            s1 = TWidth.MultiplyAdd(source, TWidth.Broadcast(f1[i]), s1);
            s2 = TWidth.MultiplyAdd(source, TWidth.Broadcast(f2[i]), s2);
            s3 = TWidth.MultiplyAdd(source, TWidth.Broadcast(f3[i]), s3);
            s4 = TWidth.MultiplyAdd(source, TWidth.Broadcast(f4[i]), s4);
            s5 = TWidth.MultiplyAdd(source, TWidth.Broadcast(f5[i]), s5);
            s6 = TWidth.MultiplyAdd(source, TWidth.Broadcast(f6[i]), s6);
            s7 = TWidth.MultiplyAdd(source, TWidth.Broadcast(f7[i]), s7);
        }
        Store(TWidth.Max(floor, s0), r0->Sums + position, count);
        Store(TWidth.Max(floor, s1), r1->Sums + position, count);
        Store(TWidth.Max(floor, s2), r2->Sums + position, count);
        Store(TWidth.Max(floor, s3), r3->Sums + position, count);
        Store(TWidth.Max(floor, s4), r4->Sums + position, count);
        Store(TWidth.Max(floor, s5), r5->Sums + position, count);
        Store(TWidth.Max(floor, s6), r6->Sums + position, count);
        Store(TWidth.Max(floor, s7), r7->Sums + position, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(TVector numbers, TVector factor, TVector other, ref TVector sum, ref TVector otherSum)
    {
        sum = TWidth.MultiplyAdd(numbers, factor, sum);
        otherSum = TWidth.MultiplyAdd(numbers, other, otherSum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreTwo(TVector first, TVector second, float* target)
    {
        TWidth.Store(first, target);
        TWidth.Store(second, target + TWidth.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(TVector sums, float* target, int count)
    {
        if (count == TWidth.Count)
            TWidth.Store(sums, target);
        else
            TWidth.StorePart(sums, target, count);
    }
}
