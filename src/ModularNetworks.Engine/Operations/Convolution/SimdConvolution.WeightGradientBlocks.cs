using System.Runtime.CompilerServices;

namespace ModularNetworks.Engine;

internal static unsafe partial class SimdConvolution<TWidth, TVector>
{
    private struct WeightGradientBlocks : IBlockKernel
    {
        public PatchNumbers<TWidth, TVector> Numbers;
        public int Outputs;
        public int Size;
        public float* Input;
        public int InputCount;
        public int Images;
        public int PicksPerRow;
        public int* Picks;
        public FilterGradients Gradients;
        public PickRun* Runs;
        public float* Parts;
        public float* Scratch;
        public nint ScratchStride;

        /// <summary>The filters' gradients, then the biases'.</summary>
        public readonly int PartSize => Outputs * (Size + 1);

        public readonly int ScratchFloats =>
            Numbers.Count + (PatchSums<TWidth, TVector>.Filters * GradientFloats) + (Outputs * SumFloats);

        // Whole vectors of one filter's gradients.
        private readonly int GradientFloats => Numbers.Vectors * TWidth.Count;

        // A vector of sums for every number of a filter, and one for its bias.
        private readonly int SumFloats => (Numbers.PaddedRows + 1) * TWidth.Count;

        [MethodImpl(MethodImplOptions.NoInlining)]
        public readonly void Run(int block, int worker)
        {
            float* memory = Scratch + (worker * ScratchStride);
            float* gradients = memory + Numbers.Count;
            float* sums = gradients + (PatchSums<TWidth, TVector>.Filters * GradientFloats);
            new Span<float>(memory, ScratchFloats).Clear();
            for (int place = Runs[block].Start; place < Runs[block].End; place++)
            {
                int pick = Picks[place], image = pick / PicksPerRow % Images;
                float* numbers = Numbers.Read(Input + ((nint)image * InputCount), memory);
                for (int output = 0; output < Outputs; output += PatchSums<TWidth, TVector>.Filters)
                    AddFilters(pick, output, numbers, gradients, sums + (output * SumFloats));
            }
            WritePart(sums, Parts + (block * PartSize));
        }

        /// <summary>Adds the products of some filters' gradients with an image's patches, and the biases' gradients.</summary>
        private readonly void AddFilters(int pick, int output, float* numbers, float* gradients, float* sums)
        {
            int count = Math.Min(PatchSums<TWidth, TVector>.Filters, Outputs - output);
            for (int filter = 0; filter < count; filter++)
            {
                // Behind the positions, the gradient stays zero, so that what pads the patches does not count.
                float* gradient = gradients + (filter * GradientFloats);
                Gradients.CopyTo(((nint)pick * Outputs) + output + filter, gradient);
                AddBias(gradient, sums + (filter * SumFloats) + (Numbers.PaddedRows * TWidth.Count));
            }
            PatchSums<TWidth, TVector>.Add(count, gradients, numbers, Numbers, sums, SumFloats);
        }

        private readonly void AddBias(float* gradient, float* bias)
        {
            var sum = TWidth.Load(bias);
            for (int i = 0; i < GradientFloats; i += TWidth.Count)
                sum = TWidth.Add(sum, TWidth.Load(gradient + i));
            TWidth.Store(sum, bias);
        }

        private readonly void WritePart(float* sums, float* part)
        {
            for (int output = 0; output < Outputs; output++, sums += SumFloats)
            {
                for (int entry = 0; entry < Size; entry++)
                    part[(output * Size) + entry] = TWidth.Sum(TWidth.Load(sums + (entry * TWidth.Count)));
                part[(Outputs * Size) + output] = TWidth.Sum(TWidth.Load(sums + (Numbers.PaddedRows * TWidth.Count)));
            }
        }
    }
}
