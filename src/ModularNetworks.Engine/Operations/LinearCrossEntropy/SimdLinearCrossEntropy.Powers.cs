using System.Runtime.CompilerServices;

namespace ModularNetworks.Engine;

internal static unsafe partial class SimdLinearCrossEntropy<TWidth, TVector>
{
    /// <summary>How a logit becomes a power of two. Loops are compiled anew for each way.</summary>
    private interface IPowers
    {
        /// <param name="logits">In base 2.</param>
        /// <param name="references">The reference of their row.</param>
        static abstract TVector Of(TVector logits, TVector references);
    }

    /// <summary>Powers of logits that are known to be small, as they are.</summary>
    private readonly struct BoundedPowers : IPowers
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVector Of(TVector logits, TVector references) => TWidth.PowerOfTwo(logits);
    }

    /// <summary>Powers of logits of any size, relative to the row's reference; none is below that of <see cref="LeastExponent"/>.</summary>
    private readonly struct RelativePowers : IPowers
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TVector Of(TVector logits, TVector references) => VectorMath<TWidth, TVector>.Exp2(
            TWidth.Subtract(logits, references), TWidth.Broadcast(LeastExponent));
    }
}
