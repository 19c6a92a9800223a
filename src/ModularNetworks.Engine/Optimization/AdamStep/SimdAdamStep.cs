namespace ModularNetworks.Engine;

/// <summary>Steps of Adam over vectors.</summary>
internal static unsafe partial class SimdAdamStep<TWidth, TVector>
    where TWidth : IWidth<TVector>
    where TVector : unmanaged
{
    // Smaller numbers move a parameter by less than 1e-9 steps, as epsilon is 1e-8, but their squares, and averages that
    // decay towards zero, would be denormal numbers, on which arithmetic is a hundred times slower.
    private const float LeastGradient = 1e-17f;
    private const float LeastAverage = 1e-30f;

    public static void Run(
        Kernels kernels, Tensor value, Tensor gradient, Tensor mean, Tensor variance, in AdamStepSettings settings)
    {
        var kernel = new StepBlocks
        {
            Parameter = AdamParameter.Of(value, gradient, mean, variance),
            Count = value.Shape.Count,
            Settings = settings,
        };
        kernels.Workers.Run(ElementBlocks.Count(kernel.Count), kernel);
    }

    public static void RunRows(
        Kernels kernels,
        Tensor value,
        Tensor gradient,
        Tensor mean,
        Tensor variance,
        TouchedRows rows,
        Tensor factors,
        in AdamStepSettings settings)
    {
        int size = value.Shape.Count / value.Shape[0];
        int rowsPerBlock = Math.Max(1, ElementBlocks.Elements / Math.Max(1, size));
        var kernel = new RowBlocks
        {
            Parameter = AdamParameter.Of(value, gradient, mean, variance),
            Rows = rows.Indices.PointerTo(rows.Count, bound: value.Shape[0]),
            Factors = factors.PointerTo(2L * rows.Count),
            Count = rows.Count,
            Size = size,
            RowsPerBlock = rowsPerBlock,
            Settings = settings,
        };
        kernels.Workers.Run((rows.Count + rowsPerBlock - 1) / rowsPerBlock, kernel);
    }

    private struct StepBlocks : IBlockKernel
    {
        public AdamParameter Parameter;
        public int Count;
        public AdamStepSettings Settings;

        public readonly void Run(int block, int worker)
        {
            var (start, end) = ElementBlocks.Range(block, Count);
            Parameter.Step(new AdamNumbers(Settings, 1, 1), start, end);
        }
    }

    private struct RowBlocks : IBlockKernel
    {
        public AdamParameter Parameter;
        public int* Rows;
        public float* Factors;
        public int Count;
        public int Size;
        public int RowsPerBlock;
        public AdamStepSettings Settings;

        public readonly void Run(int block, int worker)
        {
            int first = block * RowsPerBlock;
            for (int i = first; i < Math.Min(first + RowsPerBlock, Count); i++)
            {
                nint start = (nint)Rows[i] * Size;
                Parameter.Step(new AdamNumbers(Settings, Factors[2 * i], Factors[(2 * i) + 1]), start, start + Size);
            }
        }
    }

    /// <summary>A parameter with all that changes with it.</summary>
    private readonly struct AdamParameter(float* value, float* gradient, float* mean, float* variance)
    {
        public static AdamParameter Of(Tensor value, Tensor gradient, Tensor mean, Tensor variance)
        {
            int count = value.Shape.Count;
            return new(value.PointerTo(count), gradient.PointerTo(count), mean.PointerTo(count), variance.PointerTo(count));
        }

        public void Step(in AdamNumbers numbers, nint start, nint end)
        {
            nint i = start;
            for (; i <= end - TWidth.Count; i += TWidth.Count)
            {
                var m = TWidth.Load(mean + i);
                var v = TWidth.Load(variance + i);
                var x = numbers.Step(TWidth.Load(value + i), TWidth.Load(gradient + i), ref m, ref v);
                TWidth.Store(m, mean + i);
                TWidth.Store(v, variance + i);
                TWidth.Store(x, value + i);
                TWidth.Store(TWidth.Zero, gradient + i);
            }
            if (i < end)
                StepTail(numbers, i, (int)(end - i));
        }

        /// <summary>The last elements, through a full vector, so that they round like all others.</summary>
        private void StepTail(in AdamNumbers numbers, nint start, int count)
        {
            var m = Tails<TWidth, TVector>.Load(mean + start, count);
            var v = Tails<TWidth, TVector>.Load(variance + start, count);
            var g = Tails<TWidth, TVector>.Load(gradient + start, count);
            var x = numbers.Step(Tails<TWidth, TVector>.Load(value + start, count), g, ref m, ref v);
            Tails<TWidth, TVector>.Store(m, mean + start, count);
            Tails<TWidth, TVector>.Store(v, variance + start, count);
            Tails<TWidth, TVector>.Store(x, value + start, count);
            Tails<TWidth, TVector>.Store(TWidth.Zero, gradient + start, count);
        }
    }
}
