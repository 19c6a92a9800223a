using System.Numerics.Tensors;

namespace ModularNetworks.Engine;

internal static unsafe partial class SimdLinearCrossEntropy<TWidth, TVector>
{
    /// <summary>The elements of the packed weights and of the bounds that are found while they are packed.</summary>
    private static long PackedAndBoundsCount(in Classifier task) => task.PackedCount + PackKernel.BlockCount(task);

    /// <summary>Packs the weights, and finds out whether the logits are bounded.</summary>
    private static void Pack(Kernels kernels, ref Classifier task, Matrix weight, Tensor bias)
    {
        int blocks = PackKernel.BlockCount(task);
        float* bounds = task.Packed + task.PackedCount;
        var pack = new PackKernel
        {
            Task = task,
            Weight = weight.Pointer,
            WeightStride = weight.Stride,
            Bias = bias.PointerTo(weight.Columns),
            LargestHidden = LargestMagnitude(task),
            Bounds = bounds,
        };
        kernels.Workers.Run(blocks, pack);
        float bound = 0;
        for (int block = 0; block < blocks; block++)
            bound = Math.Max(bound, bounds[block]);
        task.IsBounded = bound <= LargestBoundedLogit; // not if it is not a number
        if (task.IsBounded)
            ReplaceAbsentBias(task);
    }

    private static float LargestMagnitude(in Classifier task)
    {
        if (task.Features == 0)
            return 0;
        // Rows without a gap are one long row.
        bool isDense = task.HiddenStride == task.Features;
        int rows = isDense ? Math.Min(task.Rows, 1) : task.Rows;
        int length = isDense ? task.Rows * task.Features : task.Features;
        float largest = 0;
        for (int row = 0; row < rows; row++)
        {
            var values = new ReadOnlySpan<float>(task.Hidden + ((long)row * task.HiddenStride), length);
            largest = Math.Max(largest, Math.Abs(TensorPrimitives.MaxMagnitude(values)));
        }
        return largest;
    }

    private static void ReplaceAbsentBias(in Classifier task)
    {
        float* end = task.Packed + task.PackedCount;
        for (int absent = (task.ClassBlocks * TWidth.Count) - task.Classes; absent > 0; absent--)
            end[-absent] = AbsentBoundedBias;
    }

    /// <summary>Brings weights and bias into the order the inner loops read them in, times log2 e.</summary>
    private struct PackKernel : IBlockKernel
    {
        public const int Step = 32;

        public Classifier Task;
        public float* Weight;
        public int WeightStride;
        public float* Bias;
        public float LargestHidden;

        /// <summary>The largest magnitude that a logit of a block of classes can have, for each block.</summary>
        public float* Bounds;

        public static int BlockCount(in Classifier task) => Kernels.CountBlocks(task.ClassBlocks, Step);

        public readonly void Run(int block, int worker)
        {
            int lanes = TWidth.Count;
            int end = Math.Min((block + 1) * Step, Task.ClassBlocks);
            var bound = TWidth.Zero;
            for (int classBlock = block * Step; classBlock < end; classBlock++)
            {
                int first = classBlock * lanes;
                int count = Math.Min(lanes, Task.Classes - first);
                float* target = Task.Packed + ((long)classBlock * Task.BlockCount);
                for (int f = 0; f < Task.Features; f++)
                    PackVector(Weight + ((long)f * WeightStride) + first, count, absent: 0, target + (f * lanes));
                int padding = Task.PaddedFeatures - Task.Features;
                new Span<float>(target + (Task.Features * lanes), padding * lanes).Clear();
                bound = TWidth.Max(bound, Bound(target, Bias + first, count));
                PackVector(Bias + first, count, AbsentClassBias, target + (Task.PaddedFeatures * lanes));
            }
            Bounds[block] = TWidth.MaxLane(bound);
        }

        // |h w + b| is at most max |h| times the sum of |w|, plus |b| (Hoelder's inequality).
        private readonly TVector Bound(float* packed, float* bias, int count)
        {
            var sum = TWidth.Zero;
            for (int f = 0; f < Task.Features; f++)
                sum = TWidth.Add(sum, Magnitude(TWidth.Load(packed + (f * TWidth.Count))));
            var offset = Magnitude(TWidth.Multiply(TWidth.LoadPart(bias, count), TWidth.Broadcast(Log2E)));
            return TWidth.MultiplyAdd(sum, TWidth.Broadcast(LargestHidden), offset);
        }

        private static TVector Magnitude(TVector vector) => TWidth.Max(vector, TWidth.Subtract(TWidth.Zero, vector));

        private static void PackVector(float* source, int count, float absent, float* target)
        {
            if (count == TWidth.Count)
            {
                TWidth.Store(TWidth.Multiply(TWidth.Load(source), TWidth.Broadcast(Log2E)), target);
                return;
            }
            for (int lane = 0; lane < TWidth.Count; lane++)
                target[lane] = lane < count ? source[lane] * Log2E : absent;
        }
    }
}
