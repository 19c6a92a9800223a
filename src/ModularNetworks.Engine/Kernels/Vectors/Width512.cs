using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModularNetworks.Engine;

/// <summary>Vectors of 16 lanes.</summary>
internal readonly unsafe struct Width512 : IWidth<Vector512<float>>
{
    // Of the instruction that takes whole numbers off: to whole numbers, downwards, without a note of inexactness.
    private const byte RoundDown = 0b1001;

    // 3 * 2^17: floats near it are a 32nd apart.
    private const float CountsThirtySeconds = 393216;

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
    public static Vector512<float> PowerOfTwo(Vector512<float> exponent)
    {
        if (!Avx512F.IsSupported)
            return VectorMath<Width512, Vector512<float>>.PowerOfTwoByParts(exponent);
        // The sum keeps 32nds and drops what is smaller: its lowest bits count them.
        var sum = exponent + Vector512.Create(CountsThirtySeconds);
        var rest = exponent - (sum - Vector512.Create(CountsThirtySeconds));
        var count = sum.AsInt32();
        var power = Avx512F.PermuteVar16x32x2(
            Vector512.Create(
                0x3F800000, 0x3F7ECD87, 0x3F7DAAC3, 0x3F7C980F, 0x3F7B95C2, 0x3F7AA43A, 0x3F79C3D3, 0x3F78F4F0,
                0x3F7837F0, 0x3F778D3A, 0x3F76F532, 0x3F767043, 0x3F75FED7, 0x3F75A15B, 0x3F75583F, 0x3F7523F6),
            count,
            Vector512.Create(
                0x3F7504F3, 0x3F74FBAF, 0x3F7508A4, 0x3F752C4D, 0x3F75672A, 0x3F75B9BE, 0x3F76248C, 0x3F76A81E,
                0x3F7744FD, 0x3F77FBB8, 0x3F78CCDF, 0x3F79B907, 0x3F7AC0C7, 0x3F7BE4BA, 0x3F7D257D, 0x3F7E83B3));
        var scale = (power + Vector512.ShiftLeft(count, 18)).AsSingle();
        // 2^rest - 1 over rest: Taylor's series, whose third term is spread over the first (Chebyshev economisation).
        var slope = Vector512.MultiplyAddEstimate(Vector512.Create(0.24022651f), rest, Vector512.Create(0.69315735f));
        return Vector512.MultiplyAddEstimate(scale, rest * slope, scale);
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
