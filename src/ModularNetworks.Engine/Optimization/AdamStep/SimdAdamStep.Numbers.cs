using System.Runtime.CompilerServices;

namespace ModularNetworks.Engine;

internal static unsafe partial class SimdAdamStep<TWidth, TVector>
{
    /// <summary>The step's numbers in every lane, with what the averages are multiplied with before it.</summary>
    private readonly struct AdamNumbers(in AdamStepSettings settings, float meanFactor, float varianceFactor)
    {
        private readonly TVector _meanFactor = TWidth.Broadcast(meanFactor);
        private readonly TVector _varianceFactor = TWidth.Broadcast(varianceFactor);
        private readonly TVector _keep1 = TWidth.Broadcast((float)(1 - settings.Beta1));
        private readonly TVector _beta2 = TWidth.Broadcast((float)settings.Beta2);
        private readonly TVector _keep2 = TWidth.Broadcast((float)(1 - settings.Beta2));
        private readonly TVector _stepSize = TWidth.Broadcast((float)settings.StepSize);
        private readonly TVector _rootCorrection = TWidth.Broadcast((float)settings.RootCorrection);
        private readonly TVector _epsilon = TWidth.Broadcast((float)settings.Epsilon);
        private readonly TVector _keep = TWidth.Broadcast((float)settings.Keep);
        private readonly TVector _leastGradient = TWidth.Broadcast(LeastGradient);
        private readonly TVector _leastAverage = TWidth.Broadcast(LeastAverage);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Step(TVector value, TVector gradient, ref TVector mean, ref TVector variance)
        {
            (mean, variance) = (TWidth.Multiply(mean, _meanFactor), TWidth.Multiply(variance, _varianceFactor));
            gradient = Drop(gradient, _leastGradient);
            mean = Drop(TWidth.MultiplyAdd(_keep1, TWidth.Subtract(gradient, mean), mean), _leastAverage);
            var squared = TWidth.Multiply(TWidth.Multiply(_keep2, gradient), gradient);
            variance = Drop(TWidth.MultiplyAdd(_beta2, variance, squared), _leastAverage);
            var root = TWidth.MultiplyAdd(TWidth.Sqrt(variance), _rootCorrection, _epsilon);
            var change = TWidth.Divide(TWidth.Multiply(_stepSize, mean), root);
            return TWidth.Subtract(TWidth.Multiply(_keep, value), change);
        }

        /// <summary>Makes numbers of a magnitude below the least zero.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static TVector Drop(TVector vector, TVector least)
        {
            var magnitude = TWidth.Max(vector, TWidth.Subtract(TWidth.Zero, vector));
            return TWidth.ZeroWhereBelow(vector, magnitude, least);
        }
    }
}
