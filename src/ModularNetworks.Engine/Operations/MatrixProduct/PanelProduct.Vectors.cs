using System.Runtime.CompilerServices;

namespace ModularNetworks.Engine;

internal static unsafe partial class PanelProduct<TWidth, TVector>
{
    /// <summary>The vectors of one row of a tile. Tiles are compiled anew for each number of them.</summary>
    private interface IVectors<TSelf>
        where TSelf : struct, IVectors<TSelf>
    {
        /// <summary>The number of vectors.</summary>
        static abstract int Count { get; }

        /// <summary>Loads vectors of a panel.</summary>
        static abstract TSelf Load(float* source);

        /// <summary>Loads what a product holds, of whose last vector not all lanes may be there.</summary>
        static abstract TSelf LoadPart(float* source, int lanes);

        void AddProduct(TVector factor, in TSelf factors);

        void Store(float* target, int lanes);
    }

    private struct OneVector(TVector vector) : IVectors<OneVector>
    {
        private TVector _vector = vector;

        public static int Count => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static OneVector Load(float* source) => new(TWidth.Load(source));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static OneVector LoadPart(float* source, int lanes) => new(LoadLast(source, lanes));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void AddProduct(TVector factor, in OneVector factors) =>
            _vector = TWidth.MultiplyAdd(factor, factors._vector, _vector);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Store(float* target, int lanes) => StoreLast(_vector, target, lanes);
    }

    private struct ThreeVectors(TVector first, TVector second, TVector third) : IVectors<ThreeVectors>
    {
        private TVector _first = first;
        private TVector _second = second;
        private TVector _third = third;

        public static int Count => 3;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static ThreeVectors Load(float* source) =>
            new(TWidth.Load(source), TWidth.Load(source + TWidth.Count), TWidth.Load(source + (2 * TWidth.Count)));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static ThreeVectors LoadPart(float* source, int lanes) =>
            new(TWidth.Load(source), TWidth.Load(source + TWidth.Count), LoadLast(source + (2 * TWidth.Count), lanes));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void AddProduct(TVector factor, in ThreeVectors factors)
        {
            _first = TWidth.MultiplyAdd(factor, factors._first, _first);
            _second = TWidth.MultiplyAdd(factor, factors._second, _second);
            _third = TWidth.MultiplyAdd(factor, factors._third, _third);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Store(float* target, int lanes)
        {
            TWidth.Store(_first, target);
            TWidth.Store(_second, target + TWidth.Count);
            StoreLast(_third, target + (2 * TWidth.Count), lanes);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector LoadLast(float* source, int lanes) =>
        lanes == TWidth.Count ? TWidth.Load(source) : TWidth.LoadPart(source, lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreLast(TVector vector, float* target, int lanes)
    {
        if (lanes == TWidth.Count)
            TWidth.Store(vector, target);
        else
            TWidth.StorePart(vector, target, lanes);
    }
}
