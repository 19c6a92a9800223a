namespace ModularNetworks.Engine;

/// <summary>Loads and stores the last elements of a row through a full vector, so that they round like all others.</summary>
internal static unsafe class Tails<TWidth, TVector>
    where TWidth : IWidth<TVector>
    where TVector : unmanaged
{
    /// <summary>Loads the first <paramref name="count"/> lanes and zeros the others; reads nothing behind.</summary>
    public static TVector Load(float* source, int count)
    {
        var vector = TWidth.Zero;
        new ReadOnlySpan<float>(source, count).CopyTo(new Span<float>(&vector, count));
        return vector;
    }

    /// <summary>Stores the first <paramref name="count"/> lanes; writes nothing behind them.</summary>
    public static void Store(TVector vector, float* target, int count) =>
        new ReadOnlySpan<float>(&vector, count).CopyTo(new Span<float>(target, count));
}
