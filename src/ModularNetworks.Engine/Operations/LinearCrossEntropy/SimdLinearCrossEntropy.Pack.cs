namespace ModularNetworks.Engine;

internal static unsafe partial class SimdLinearCrossEntropy<TWidth, TVector>
{
    private static void Pack(Kernels kernels, in Classifier task, Matrix weight, Tensor bias)
    {
        var pack = new PackKernel
        {
            Task = task,
            Weight = weight.Pointer,
            WeightStride = weight.Stride,
            Bias = bias.PointerTo(weight.Columns),
        };
        kernels.Workers.Run((task.ClassBlocks + PackKernel.Step - 1) / PackKernel.Step, pack);
    }

    /// <summary>Brings weights and bias into the order the inner loops read them in, times log2 e.</summary>
    private struct PackKernel : IBlockKernel
    {
        public const int Step = 32;

        public Classifier Task;
        public float* Weight;
        public int WeightStride;
        public float* Bias;

        public readonly void Run(int block, int worker)
        {
            int lanes = TWidth.Count;
            int end = Math.Min((block + 1) * Step, Task.ClassBlocks);
            for (int classBlock = block * Step; classBlock < end; classBlock++)
            {
                int first = classBlock * lanes;
                int count = Math.Min(lanes, Task.Classes - first);
                float* target = Task.Packed + ((long)classBlock * Task.BlockCount);
                for (int f = 0; f < Task.Features; f++)
                    PackVector(Weight + ((long)f * WeightStride) + first, count, absent: 0, target + (f * lanes));
                int padding = Task.PaddedFeatures - Task.Features;
                new Span<float>(target + (Task.Features * lanes), padding * lanes).Clear();
                PackVector(Bias + first, count, AbsentClassBias, target + (Task.PaddedFeatures * lanes));
            }
        }

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
