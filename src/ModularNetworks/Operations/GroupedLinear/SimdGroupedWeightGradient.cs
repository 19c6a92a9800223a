using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>Gradients of grouped products by the weights and biases, over vectors.</summary>
/// <remarks>
/// The sorted picks are cut into blocks whose number depends on the sizes only. A group that lies within one block is
/// added to its module's gradient at once, and so is one of few picks, in the block where it starts. Another group that
/// reaches over several blocks leaves one part in each, and the parts are added in the order of the blocks; if the order of
/// rows is asked for, it is added as a whole too.
/// </remarks>
internal static unsafe partial class SimdGroupedWeightGradient<TWidth, TVector>
    where TWidth : IWidth<TVector>
    where TVector : unmanaged
{
    // Bounds the memory for parts; enough blocks for many threads.
    private const int MaxPickBlocks = 32;

    // So many picks' inputs and gradients are gathered at a time; they stay in the first-level cache.
    private const int GatheredPicks = 128;

    // So many rows of a gradient stay in the first-level cache while parts are added to them.
    private const int PartRows = 16;

    public static void Run(
        Kernels kernels,
        RowGroups groups,
        Matrix input,
        Matrix outputGradient,
        MatrixStack weightGradient,
        Tensor? biasGradient,
        bool inRowOrder)
    {
        int pickCount = groups.Picks.Shape.Count;
        if (pickCount == 0 || weightGradient.Outputs == 0)
            return;
        var scratch = Kernels.Keep<ProductScratch>();
        int inputs = weightGradient.Inputs, outputs = weightGradient.Outputs;
        long pickWork = (long)(inputs + 1) * outputs;
        long enoughWork = Math.Clamp(Kernels.BlockWork / pickWork, 64, 512);
        long blockPicks = Math.Max(Kernels.CountBlocks(pickCount, MaxPickBlocks), enoughWork);
        int blocks = Kernels.CountBlocks(pickCount, (int)blockPicks);
        int padded = Panels<TWidth, TVector>.PaddedColumns(outputs);
        nint workerSize = ((nint)GatheredPicks * GatheredStride(inputs))
            + Panels<TWidth, TVector>.Size(GatheredPicks, outputs);
        nint partSize = (nint)(inputs + 1) * padded;
        var kernel = new WeightGradientBlocks
        {
            Groups = new GroupList(groups.Starts.PointerTo(groups.Count + 1, bound: pickCount + 1), groups.Count),
            PickCount = pickCount,
            BlockPicks = (int)blockPicks,
            Input = EvenRows.Of(input),
            OutputGradient = EvenRows.Of(outputGradient),
            Picks = groups.Picks.PointerTo(pickCount, bound: pickCount),
            PicksPerRow = groups.PicksPerRow,
            Target = new ModuleGradients(groups, weightGradient, biasGradient),
            Partials = scratch.Partials.Reserve(partSize * blocks * 2),
            Padded = padded,
            WorkerScratch = scratch.Workers.Reserve(workerSize * kernels.Workers.ThreadCount),
            WorkerSize = workerSize,
            InRowOrder = inRowOrder,
        };
        kernels.RunBlocks(blocks, kernel, pickCount * pickWork);
        int summed = inRowOrder ? 0 : Math.Min(blocks - 1, 1) * Kernels.CountBlocks(inputs + 1, PartRows);
        kernels.RunBlocks(summed, new PartSums(kernel), pickWork * blocks * ProductBlocks<TWidth, TVector>.PackingCost);
    }

    // A spare cache line: columns are read, and at a distance of a power of two their elements would share a few places of
    // the first-level cache.
    private static int GatheredStride(int inputs) =>
        Panels<TWidth, TVector>.PaddedColumns(inputs) + (AlignedBuffer.Alignment / sizeof(float));

    /// <summary>The places of the gradients of the used modules.</summary>
    private readonly struct ModuleGradients(RowGroups groups, MatrixStack weight, Tensor? bias)
    {
        private readonly int* _modules = groups.Keys.PointerTo(groups.Count, bound: weight.Count);
        private readonly float* _weight = weight.Pointer;
        private readonly float* _bias = bias is null ? null : bias.PointerTo((long)weight.Count * weight.Outputs);
        private readonly nint _moduleSize = weight.MatrixSize;

        public int Groups { get; } = groups.Count;

        public int Inputs { get; } = weight.Inputs;

        public int Outputs { get; } = weight.Outputs;

        /// <summary>The rows of a group's weight gradient.</summary>
        public EvenRows Weight(int group) => new(_weight + (_modules[group] * _moduleSize), Outputs);

        /// <summary>A group's bias gradient, or null.</summary>
        public float* Bias(int group) => _bias is null ? null : _bias + ((nint)_modules[group] * Outputs);
    }

    private readonly struct PartSums(WeightGradientBlocks blocks) : IBlockKernel
    {
        public void Run(int block, int worker)
        {
            int firstRow = block * PartRows;
            blocks.AddParts(firstRow, Math.Min(firstRow + PartRows, blocks.Target.Inputs + 1));
        }
    }
}
