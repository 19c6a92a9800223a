namespace ModularNetworks.Engine;

/// <summary>
/// Single-precision vectors of one width. Kernels are written once over this interface; the runtime compiles them anew
/// for each width, with every call below becoming one or a few instructions.
/// </summary>
/// <typeparam name="TVector">The vector type.</typeparam>
public unsafe interface IWidth<TVector>
    where TVector : unmanaged
{
    /// <summary>The name in reports.</summary>
    static abstract string Name { get; }

    /// <summary>Whether the processor has instructions of this width.</summary>
    static abstract bool IsSupported { get; }

    /// <summary>The number of lanes.</summary>
    static abstract int Count { get; }

    /// <summary>The best width of a tile of sums, in vectors: three where the processor has 32 registers, else two.</summary>
    internal static abstract int PanelVectors { get; }

    /// <summary>Zero in every lane.</summary>
    static abstract TVector Zero { get; }

    /// <summary>Loads a vector from consecutive numbers.</summary>
    static abstract TVector Load(float* source);

    /// <summary>Stores a vector as consecutive numbers.</summary>
    static abstract void Store(TVector vector, float* target);

    /// <summary>Loads one half of the lanes here and the other there.</summary>
    internal static abstract TVector LoadHalves(float* first, float* second);

    /// <summary>Loads four quarters of the lanes from places at equal distances.</summary>
    internal static abstract TVector LoadQuarters(float* first, nint stride);

    /// <summary>Stores the lower half of the lanes at one place and the upper half at a second one.</summary>
    internal static abstract void StoreHalves(TVector vector, float* first, float* second);

    /// <summary>Stores the four quarters of the lanes at places at equal distances.</summary>
    internal static abstract void StoreQuarters(TVector vector, float* first, nint stride);

    /// <summary>Loads the first <paramref name="count"/> lanes and zeros the others; reads nothing behind.</summary>
    static abstract TVector LoadPart(float* source, int count);

    /// <summary>Stores the first <paramref name="count"/> lanes; writes nothing behind them.</summary>
    static abstract void StorePart(TVector vector, float* target, int count);

    /// <summary>The same number in every lane.</summary>
    static abstract TVector Broadcast(float value);

    /// <summary>The sum of each pair of lanes.</summary>
    static abstract TVector Add(TVector left, TVector right);

    /// <summary>The difference of each pair of lanes.</summary>
    static abstract TVector Subtract(TVector left, TVector right);

    /// <summary>The product of each pair of lanes.</summary>
    static abstract TVector Multiply(TVector left, TVector right);

    /// <summary>The quotient of each pair of lanes.</summary>
    static abstract TVector Divide(TVector left, TVector right);

    /// <summary>The square root of each lane.</summary>
    static abstract TVector Sqrt(TVector vector);

    /// <summary><c>left * right + addend</c>, with one rounding where the processor can.</summary>
    static abstract TVector MultiplyAdd(TVector left, TVector right, TVector addend);

    /// <summary>The larger of each pair; unspecified for not-a-number.</summary>
    static abstract TVector Max(TVector left, TVector right);

    /// <summary>The largest integers that are not above.</summary>
    static abstract TVector Floor(TVector vector);

    /// <summary>The part of each number above the largest integer that is not greater: at least 0, below 1.</summary>
    internal static abstract TVector Fraction(TVector vector);

    /// <summary>
    /// <c>vector * 2^floor(exponent)</c>. What is below the smallest normal number becomes zero or a
    /// denormal number; an exponent above 127 may count as 127.
    /// </summary>
    internal static abstract TVector Scale(TVector vector, TVector exponent);

    /// <summary><c>2^exponent</c> with a relative error below 3e-7, for -126 to 126; what is not a number stays so.</summary>
    internal static abstract TVector PowerOfTwo(TVector exponent);

    /// <summary>The vector, with zero in the lanes where the measure is below the bound.</summary>
    static abstract TVector ZeroWhereBelow(TVector vector, TVector measure, TVector bound);

    /// <summary>Sorts the lanes of two vectors, seen as one row of numbers, into those of even and of odd places.</summary>
    internal static abstract void Deinterleave(TVector first, TVector second, out TVector even, out TVector odd);

    /// <summary>The sum of all lanes.</summary>
    static abstract float Sum(TVector vector);

    /// <summary>The largest lane.</summary>
    static abstract float MaxLane(TVector vector);
}
