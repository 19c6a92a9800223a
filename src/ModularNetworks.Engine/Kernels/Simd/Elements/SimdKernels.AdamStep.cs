using System.Runtime.CompilerServices;

namespace ModularNetworks.Engine;

internal sealed unsafe partial class SimdKernels<TWidth, TVector>
{
    // Smaller numbers move a parameter by less than 1e-9 steps, as epsilon is 1e-8, but their squares, and averages that
    // decay towards zero, would be denormal numbers, on which arithmetic is a hundred times slower.
    private const float LeastGradient = 1e-17f;
    private const float LeastAverage = 1e-30f;

    public override void AdamStep(
        Tensor value, Tensor gradient, Tensor mean, Tensor variance, in AdamStepSettings settings)
    {
        var kernel = new AdamStepKernel
        {
            Value = value.Pointer,
            Gradient = gradient.Pointer,
            Mean = mean.Pointer,
            Variance = variance.Pointer,
            Count = value.Shape.Count,
            Settings = settings,
        };
        Workers.Run(ElementBlocks.Count(kernel.Count), kernel);
        KeepAlive(value, gradient, mean, variance);
    }

    private struct AdamStepKernel : IBlockKernel
    {
        public float* Value;
        public float* Gradient;
        public float* Mean;
        public float* Variance;
        public int Count;
        public AdamStepSettings Settings;

        public readonly void Run(int block, int worker)
        {
            var (start, end) = ElementBlocks.Range(block, Count);
            var numbers = new AdamNumbers(Settings);
            int i = start;
            for (; i <= end - TWidth.Count; i += TWidth.Count)
            {
                var mean = TWidth.Load(Mean + i);
                var variance = TWidth.Load(Variance + i);
                var value = numbers.Step(TWidth.Load(Value + i), TWidth.Load(Gradient + i), ref mean, ref variance);
                TWidth.Store(mean, Mean + i);
                TWidth.Store(variance, Variance + i);
                TWidth.Store(value, Value + i);
                TWidth.Store(TWidth.Zero, Gradient + i);
            }
            if (i < end)
                StepTail(numbers, i, end - i);
        }

        /// <summary>The last elements, through a full vector, so that they round like all others.</summary>
        private readonly void StepTail(in AdamNumbers numbers, int start, int count)
        {
            var mean = LoadTail(Mean + start, count);
            var variance = LoadTail(Variance + start, count);
            var gradient = LoadTail(Gradient + start, count);
            var value = numbers.Step(LoadTail(Value + start, count), gradient, ref mean, ref variance);
            StoreTail(mean, Mean + start, count);
            StoreTail(variance, Variance + start, count);
            StoreTail(value, Value + start, count);
            StoreTail(TWidth.Zero, Gradient + start, count);
        }
    }

    /// <summary>The step's numbers in every lane.</summary>
    private readonly struct AdamNumbers(in AdamStepSettings settings)
    {
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

    private static TVector LoadTail(float* source, int count)
    {
        var vector = TWidth.Zero;
        new ReadOnlySpan<float>(source, count).CopyTo(new Span<float>(&vector, count));
        return vector;
    }

    private static void StoreTail(TVector vector, float* target, int count) =>
        new ReadOnlySpan<float>(&vector, count).CopyTo(new Span<float>(target, count));
}
