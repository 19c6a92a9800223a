using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModularNetworks.Engine;

/// <summary>Vectors of 16 lanes.</summary>
internal readonly unsafe struct Width512 : IWidth<Vector512<float>>
{
    // Of the instruction that takes whole numbers off: to whole numbers, downwards, without a note of inexactness.
    private const byte RoundDown = 0b1001;

    public static string Name => "Vector512";

    public static bool IsSupported => Vector512.IsHardwareAccelerated;

    public static int Count => 16;

    public static int PanelVectors => 3;

    public static Vector512<float> Zero => Vector512<float>.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(float* source) => Vector512.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<float> vector, float* target) => vector.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> LoadHalves(float* first, float* second) =>
        Vector512.Create(Vector256.Load(first), Vector256.Load(second));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> LoadQuarters(float* first, nint stride) =>
        Vector512.Create(Width256.LoadHalves(first, first + stride), Width256.LoadHalves(first + (2 * stride), first + (3 * stride)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreHalves(Vector512<float> vector, float* first, float* second)
    {
        vector.GetLower().Store(first);
        vector.GetUpper().Store(second);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreQuarters(Vector512<float> vector, float* first, nint stride)
    {
        Width256.StoreHalves(vector.GetLower(), first, first + stride);
        Width256.StoreHalves(vector.GetUpper(), first + (2 * stride), first + (3 * stride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> LoadPart(float* source, int count)
    {
        if (Avx512F.IsSupported)
            return Avx512F.MaskLoad(source, FirstLanes(count), Vector512<float>.Zero);
        var vector = Zero;
        for (int lane = 0; lane < count; lane++)
            vector = vector.WithElement(lane, source[lane]);
        return vector;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePart(Vector512<float> vector, float* target, int count)
    {
        if (Avx512F.IsSupported)
        {
            Avx512F.MaskStore(target, FirstLanes(count), vector);
            return;
        }
        for (int lane = 0; lane < count; lane++)
            target[lane] = vector[lane];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Broadcast(float value) => Vector512.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Add(Vector512<float> left, Vector512<float> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Subtract(Vector512<float> left, Vector512<float> right) => left - right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Multiply(Vector512<float> left, Vector512<float> right) => left * right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Divide(Vector512<float> left, Vector512<float> right) => left / right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sqrt(Vector512<float> vector) => Vector512.Sqrt(vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> MultiplyAdd(Vector512<float> left, Vector512<float> right, Vector512<float> addend) =>
        Vector512.MultiplyAddEstimate(left, right, addend);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Max(Vector512<float> left, Vector512<float> right) => Vector512.MaxNative(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Floor(Vector512<float> vector) => Vector512.Floor(vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Fraction(Vector512<float> vector) =>
        Avx512DQ.IsSupported ? Avx512DQ.Reduce(vector, RoundDown) : vector - Vector512.Floor(vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Scale(Vector512<float> vector, Vector512<float> exponent)
    {
        if (Avx512F.IsSupported)
            return Avx512F.Scale(vector, exponent);
        var clamped = Vector512.MinNative(Max(exponent, Vector512.Create(-127f)), Vector512.Create(127f));
        return vector * Vector512.ShiftLeft(Vector512.ConvertToInt32Native(Vector512.Floor(clamped)) + Vector512.Create(127), 23).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> ZeroWhereBelow(Vector512<float> vector, Vector512<float> measure, Vector512<float> bound) =>
        Vector512.ConditionalSelect(Vector512.LessThan(measure, bound), Vector512<float>.Zero, vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Deinterleave(
        Vector512<float> first, Vector512<float> second, out Vector512<float> even, out Vector512<float> odd)
    {
        if (Avx512F.IsSupported)
        {
            var places = Vector512<int>.Indices * 2;
            even = Avx512F.PermuteVar16x32x2(first, places, second);
            odd = Avx512F.PermuteVar16x32x2(first, places + Vector512<int>.One, second);
            return;
        }
        Width256.Deinterleave(first.GetLower(), first.GetUpper(), out var firstEven, out var firstOdd);
        Width256.Deinterleave(second.GetLower(), second.GetUpper(), out var secondEven, out var secondOdd);
        even = Vector512.Create(firstEven, secondEven);
        odd = Vector512.Create(firstOdd, secondOdd);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector512<float> vector) => Vector512.Sum(vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MaxLane(Vector512<float> vector) =>
        Width256.MaxLane(Vector256.MaxNative(vector.GetLower(), vector.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> FirstLanes(int count) =>
        Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(count)).AsSingle();
}
