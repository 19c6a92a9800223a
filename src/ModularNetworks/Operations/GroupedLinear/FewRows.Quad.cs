using System.Runtime.CompilerServices;

namespace ModularNetworks;

internal static unsafe partial class FewRows<TWidth, TVector>
{
    /// <summary>Four numbers that each multiply a vector.</summary>
    private readonly struct Quad
    {
        private readonly TVector _first;
        private readonly TVector _second;
        private readonly TVector _third;
        private readonly TVector _fourth;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Quad(float* source)
            : this(source[0], source[1], source[2], source[3])
        {
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Quad(float first, float second, float third, float fourth)
        {
            _first = TWidth.Broadcast(first);
            _second = TWidth.Broadcast(second);
            _third = TWidth.Broadcast(third);
            _fourth = TWidth.Broadcast(fourth);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector AddProduct(TVector first, TVector second, TVector third, TVector fourth, TVector sum)
        {
            sum = TWidth.MultiplyAdd(_first, first, sum);
            sum = TWidth.MultiplyAdd(_second, second, sum);
            sum = TWidth.MultiplyAdd(_third, third, sum);
            return TWidth.MultiplyAdd(_fourth, fourth, sum);
        }
    }
}
