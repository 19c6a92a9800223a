using System.Runtime.CompilerServices;

namespace ModularNetworks.Engine;

/// <summary>
/// Products of rows of factors with a patch matrix: <c>sums[position] = start + sum_i factors[i] * matrix[i, position]</c>.
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
    /// <param name="matrix"><c>[inner, stride]</c>.</param>
    /// <param name="stride">The distance between two rows of the matrix.</param>
    /// <param name="positions">How many sums a row has.</param>
    /// <param name="least">What smaller sums are raised to: 0 to rectify, else minus infinity.</param>
    public static void Run(
        PatchRow* rows, int rowCount, int inner, float* matrix, nint stride, int positions, float least)
    {
        int position = 0;
        for (; position + (Vectors * TWidth.Count) <= positions; position += Vectors * TWidth.Count)
        {
            for (int row = 0; row < rowCount; row += 2)
                TwoRows(rows[row], rows[Math.Min(row + 1, rowCount - 1)], inner, matrix + position, stride, position, least);
        }
        for (; position < positions; position += TWidth.Count)
        {
            int count = Math.Min(TWidth.Count, positions - position);
            for (int row = 0; row < rowCount; row += RowsOfOne)
                EightRows(rows + row, rowCount - row, inner, matrix + position, stride, position, count, least);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void TwoRows(
        in PatchRow first, in PatchRow second, int inner, float* matrix, nint stride, int position, float least)
    {
        nint lanes = TWidth.Count;
        var floor = TWidth.Broadcast(least);
        float* a = first.Factors;
        float* b = second.Factors;
        var a0 = TWidth.Broadcast(first.Start);
        var b0 = TWidth.Broadcast(second.Start);
        var (a1, a2, a3) = (a0, a0, a0);
        var (b1, b2, b3) = (b0, b0, b0);
        for (int i = 0; i < inner; i++, matrix += stride)
        {
            var factor = TWidth.Broadcast(a[i]);
            var other = TWidth.Broadcast(b[i]);
            Add(TWidth.Load(matrix), factor, other, ref a0, ref b0);
            Add(TWidth.Load(matrix + lanes), factor, other, ref a1, ref b1);
            Add(TWidth.Load(matrix + (2 * lanes)), factor, other, ref a2, ref b2);
            Add(TWidth.Load(matrix + (3 * lanes)), factor, other, ref a3, ref b3);
        }
        StoreTwo(TWidth.Max(floor, a0), TWidth.Max(floor, a1), first.Sums + position);
        StoreTwo(TWidth.Max(floor, a2), TWidth.Max(floor, a3), first.Sums + position + (2 * lanes));
        StoreTwo(TWidth.Max(floor, b0), TWidth.Max(floor, b1), second.Sums + position);
        StoreTwo(TWidth.Max(floor, b2), TWidth.Max(floor, b3), second.Sums + position + (2 * lanes));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void EightRows(
        PatchRow* rows, int rowCount, int inner, float* matrix, nint stride, int position, int count, float least)
    {
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
        for (int i = 0; i < inner; i++, matrix += stride)
        {
            var numbers = TWidth.Load(matrix);
            s0 = TWidth.MultiplyAdd(numbers, TWidth.Broadcast(f0[i]), s0);
            s1 = TWidth.MultiplyAdd(numbers, TWidth.Broadcast(f1[i]), s1);
            s2 = TWidth.MultiplyAdd(numbers, TWidth.Broadcast(f2[i]), s2);
            s3 = TWidth.MultiplyAdd(numbers, TWidth.Broadcast(f3[i]), s3);
            s4 = TWidth.MultiplyAdd(numbers, TWidth.Broadcast(f4[i]), s4);
            s5 = TWidth.MultiplyAdd(numbers, TWidth.Broadcast(f5[i]), s5);
            s6 = TWidth.MultiplyAdd(numbers, TWidth.Broadcast(f6[i]), s6);
            s7 = TWidth.MultiplyAdd(numbers, TWidth.Broadcast(f7[i]), s7);
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
