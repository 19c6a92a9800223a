namespace ModularNetworks.Engine;

internal static unsafe partial class SimdLinearCrossEntropy<TWidth, TVector>
{
    /// <summary>Adds up the weight gradients of the parts, in their order, and writes them unpacked.</summary>
    private struct SumPartsKernel : IBlockKernel
    {
        private const int Step = 32;

        public Classifier Task;
        public int Parts;
        public float* WeightGradient;
        public int WeightGradientStride;
        public float* BiasGradient;

        public static int BlockCount(in Classifier task) => (task.ClassBlocks + Step - 1) / Step;

        public readonly void Run(int block, int worker)
        {
            int end = Math.Min((block + 1) * Step, Task.ClassBlocks);
            for (int classBlock = block * Step; classBlock < end; classBlock++)
            {
                int first = classBlock * TWidth.Count;
                int count = Math.Min(TWidth.Count, Task.Classes - first);
                float* source = Task.WeightGradientParts + ((long)classBlock * Task.BlockCount);
                for (int f = 0; f < Task.Features; f++)
                    Sum(source + (f * TWidth.Count), count, WeightGradient + ((long)f * WeightGradientStride) + first);
                Sum(source + (Task.PaddedFeatures * TWidth.Count), count, BiasGradient + first);
            }
        }

        private readonly void Sum(float* source, int count, float* target)
        {
            var sum = TWidth.Load(source);
            for (int part = 1; part < Parts; part++)
                sum = TWidth.Add(sum, TWidth.Load(source + (part * Task.PackedCount)));
            if (count == TWidth.Count)
                TWidth.Store(sum, target);
            else
                Tails<TWidth, TVector>.Store(sum, target, count);
        }
    }
}
