using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModularNetworks.Engine;

/// <summary>Vectors of 8 lanes.</summary>
internal readonly unsafe struct Width256 : IWidth<Vector256<float>>
{
    public static string Name => "Vector256";

    public static bool IsSupported => Vector256.IsHardwareAccelerated;

    public static int Count => 8;

    public static int PanelVectors => 2;

    public static Vector256<float> Zero => Vector256<float>.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Load(float* source) => Vector256.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<float> vector, float* target) => vector.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> LoadHalves(float* first, float* second) =>
        Vector256.Create(Vector128.Load(first), Vector128.Load(second));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> LoadQuarters(float* first, nint stride) =>
        Vector256.Create(Width128.LoadHalves(first, first + stride), Width128.LoadHalves(first + (2 * stride), first + (3 * stride)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreHalves(Vector256<float> vector, float* first, float* second)
    {
        vector.GetLower().Store(first);
        vector.GetUpper().Store(second);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreQuarters(Vector256<float> vector, float* first, nint stride)
    {
        Width128.StoreHalves(vector.GetLower(), first, first + stride);
        Width128.StoreHalves(vector.GetUpper(), first + (2 * stride), first + (3 * stride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> LoadPart(float* source, int count)
    {
        if (Avx.IsSupported)
            return Avx.MaskLoad(source, FirstLanes(count));
        var vector = Zero;
        for (int lane = 0; lane < count; lane++)
            vector = vector.WithElement(lane, source[lane]);
        return vector;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePart(Vector256<float> vector, float* target, int count)
    {
        if (Avx.IsSupported)
        {
            Avx.MaskStore(target, FirstLanes(count), vector);
            return;
        }
        for (int lane = 0; lane < count; lane++)
            target[lane] = vector[lane];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Broadcast(float value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Add(Vector256<float> left, Vector256<float> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Subtract(Vector256<float> left, Vector256<float> right) => left - right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Multiply(Vector256<float> left, Vector256<float> right) => left * right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Divide(Vector256<float> left, Vector256<float> right) => left / right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Sqrt(Vector256<float> vector) => Vector256.Sqrt(vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> MultiplyAdd(Vector256<float> left, Vector256<float> right, Vector256<float> addend) =>
        Vector256.MultiplyAddEstimate(left, right, addend);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Max(Vector256<float> left, Vector256<float> right) => Vector256.MaxNative(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Floor(Vector256<float> vector) => Vector256.Floor(vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Fraction(Vector256<float> vector) => vector - Vector256.Floor(vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Scale(Vector256<float> vector, Vector256<float> exponent)
    {
        var clamped = Vector256.MinNative(Max(exponent, Vector256.Create(-127f)), Vector256.Create(127f));
        return vector * Vector256.ShiftLeft(Vector256.ConvertToInt32Native(Vector256.Floor(clamped)) + Vector256.Create(127), 23).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> PowerOfTwo(Vector256<float> exponent) =>
        VectorMath<Width256, Vector256<float>>.PowerOfTwoByParts(exponent);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> ZeroWhereBelow(Vector256<float> vector, Vector256<float> measure, Vector256<float> bound) =>
        Vector256.ConditionalSelect(Vector256.LessThan(measure, bound), Vector256<float>.Zero, vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Deinterleave(
        Vector256<float> first, Vector256<float> second, out Vector256<float> even, out Vector256<float> odd)
    {
        Width128.Deinterleave(first.GetLower(), first.GetUpper(), out var firstEven, out var firstOdd);
        Width128.Deinterleave(second.GetLower(), second.GetUpper(), out var secondEven, out var secondOdd);
        even = Vector256.Create(firstEven, secondEven);
        odd = Vector256.Create(firstOdd, secondOdd);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector256<float> vector) => Vector256.Sum(vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MaxLane(Vector256<float> vector) =>
        Width128.MaxLane(Vector128.MaxNative(vector.GetLower(), vector.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> FirstLanes(int count) =>
        Vector256.LessThan(Vector256<int>.Indices, Vector256.Create(count)).AsSingle();
}
