using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModularNetworks.Engine;

/// <summary>Vectors of 4 lanes.</summary>
internal readonly unsafe struct Width128 : IWidth<Vector128<float>>
{
    public static string Name => "Vector128";

    public static bool IsSupported => true;

    public static int Count => 4;

    public static int PanelVectors => 2;

    public static Vector128<float> Zero => Vector128<float>.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Load(float* source) => Vector128.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<float> vector, float* target) => vector.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LoadHalves(float* first, float* second) =>
        Vector128.Create(Vector64.Load(first), Vector64.Load(second));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LoadQuarters(float* first, nint stride) =>
        Vector128.Create(first[0], first[stride], first[2 * stride], first[3 * stride]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreHalves(Vector128<float> vector, float* first, float* second)
    {
        vector.GetLower().Store(first);
        vector.GetUpper().Store(second);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreQuarters(Vector128<float> vector, float* first, nint stride)
    {
        for (int quarter = 0; quarter < 4; quarter++)
            first[quarter * stride] = vector[quarter];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LoadPart(float* source, int count)
    {
        if (Avx.IsSupported)
            return Avx.MaskLoad(source, FirstLanes(count));
        var vector = Zero;
        for (int lane = 0; lane < count; lane++)
            vector = vector.WithElement(lane, source[lane]);
        return vector;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePart(Vector128<float> vector, float* target, int count)
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
    public static Vector128<float> Broadcast(float value) => Vector128.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Add(Vector128<float> left, Vector128<float> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Subtract(Vector128<float> left, Vector128<float> right) => left - right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Multiply(Vector128<float> left, Vector128<float> right) => left * right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Divide(Vector128<float> left, Vector128<float> right) => left / right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Sqrt(Vector128<float> vector) => Vector128.Sqrt(vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> MultiplyAdd(Vector128<float> left, Vector128<float> right, Vector128<float> addend) =>
        Vector128.MultiplyAddEstimate(left, right, addend);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Max(Vector128<float> left, Vector128<float> right) => Vector128.MaxNative(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Floor(Vector128<float> vector) => Vector128.Floor(vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Fraction(Vector128<float> vector) => vector - Vector128.Floor(vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Scale(Vector128<float> vector, Vector128<float> exponent)
    {
        var clamped = Vector128.MinNative(Max(exponent, Vector128.Create(-127f)), Vector128.Create(127f));
        return vector * Vector128.ShiftLeft(Vector128.ConvertToInt32Native(Vector128.Floor(clamped)) + Vector128.Create(127), 23).AsSingle();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> PowerOfTwo(Vector128<float> exponent) =>
        VectorMath<Width128, Vector128<float>>.PowerOfTwoByParts(exponent);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> ZeroWhereBelow(Vector128<float> vector, Vector128<float> measure, Vector128<float> bound) =>
        Vector128.ConditionalSelect(Vector128.LessThan(measure, bound), Vector128<float>.Zero, vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Deinterleave(
        Vector128<float> first, Vector128<float> second, out Vector128<float> even, out Vector128<float> odd)
    {
        if (Sse.IsSupported)
        {
            even = Sse.Shuffle(first, second, 0b10_00_10_00);
            odd = Sse.Shuffle(first, second, 0b11_01_11_01);
            return;
        }
        even = Vector128.Create(first[0], first[2], second[0], second[2]);
        odd = Vector128.Create(first[1], first[3], second[1], second[3]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector128<float> vector) => Vector128.Sum(vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MaxLane(Vector128<float> vector) =>
        MathF.Max(MathF.Max(vector[0], vector[1]), MathF.Max(vector[2], vector[3]));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> FirstLanes(int count) =>
        Vector128.LessThan(Vector128<int>.Indices, Vector128.Create(count)).AsSingle();
}
