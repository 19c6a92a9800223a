using System.Runtime.CompilerServices;

namespace ModularNetworks.Engine;

// The picks of each module are cut into runs whose length does not depend on the threads. Each run makes one part of its
// module's gradient, and the parts are added in the order of the runs.
internal sealed unsafe partial class SimdKernels<TWidth, TVector>
{
    private const int PicksPerRun = 16;

    public override void ConvolutionWeightGradient(
        in ConvolutionArguments convolution, Tensor output, Tensor outputGradient, Tensor weightGradient, Tensor? biasGradient)
    {
        var (patches, groups) = (convolution.Patches, convolution.Groups);
        int picks = convolution.Selection.Shape.Count;
        if (picks == 0 || convolution.Outputs == 0)
            return;
        var kernel = new ConvolutionWeightGradientBlock
        {
            Numbers = new PatchNumbers<TWidth, TVector>(patches, _patchPlaces),
            Outputs = convolution.Outputs,
            Size = patches.Size,
            Input = convolution.Input.Pointer,
            InputCount = patches.Image.Count,
            Images = convolution.Images,
            PicksPerRow = convolution.PicksPerRow,
            Picks = groups.Picks.Pointer,
            Gradients = new FilterGradients(convolution, output, outputGradient),
        };
        int mostRuns = CountBlocks(picks, PicksPerRun) + groups.Count;
        int partFloats = mostRuns * kernel.PartSize;
        kernel.Parts = _convolutionParts.Reserve((long)partFloats + (mostRuns * (sizeof(PickRun) / sizeof(float))));
        kernel.Runs = (PickRun*)(kernel.Parts + partFloats);
        int runs = CutGroups(groups, kernel.Runs);
        kernel.Scratch = _convolutionScratch.ReserveEach(Workers.ThreadCount, kernel.ScratchFloats, out kernel.ScratchStride);
        RunBlocks(runs, kernel, (long)picks * convolution.Outputs * patches.Size * patches.Positions);
        AddParts(kernel, runs, weightGradient, biasGradient);
        KeepAlive(
            convolution.Input, convolution.Selection, convolution.Weight, output, outputGradient, weightGradient, biasGradient,
            groups.Picks, groups.Modules, groups.Starts);
    }

    private static int CutGroups(in ModuleGroups groups, PickRun* runs)
    {
        int count = 0;
        for (int group = 0; group < groups.Count; group++)
        {
            int end = groups.Starts.Values[group + 1];
            for (int start = groups.Starts.Values[group]; start < end; start += PicksPerRun)
            {
                runs[count++] = new PickRun
                {
                    Module = groups.Modules.Values[group],
                    Start = start,
                    End = Math.Min(end, start + PicksPerRun),
                };
            }
        }
        return count;
    }

    private static void AddParts(
        in ConvolutionWeightGradientBlock kernel, int runs, Tensor weightGradient, Tensor? biasGradient)
    {
        int weights = kernel.Outputs * kernel.Size;
        for (int run = 0; run < runs; run++)
        {
            int module = kernel.Runs[run].Module;
            float* part = kernel.Parts + (run * kernel.PartSize);
            Add(part, weightGradient.Values.Slice(module * weights, weights));
            if (biasGradient is not null)
                Add(part + weights, biasGradient.Values.Slice(module * kernel.Outputs, kernel.Outputs));
        }

        static void Add(float* part, Span<float> target)
        {
            for (int i = 0; i < target.Length; i++)
                target[i] += part[i];
        }
    }

    /// <summary>Some picks of one module, by their places among the sorted picks.</summary>
    private struct PickRun
    {
        public int Module;
        public int Start;
        public int End;
    }

    private struct ConvolutionWeightGradientBlock : IBlockKernel
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

        public readonly int ScratchFloats => Numbers.Count + GradientFloats + SumFloats;

        // Whole vectors of one filter's gradients.
        private readonly int GradientFloats => Numbers.Vectors * TWidth.Count;

        // A vector of sums for every number of every filter, and one for every bias.
        private readonly int SumFloats => Outputs * (Numbers.PaddedRows + 1) * TWidth.Count;

        public readonly void Run(int block, int worker)
        {
            float* memory = Scratch + (worker * ScratchStride);
            float* gradient = memory + Numbers.Count;
            float* sums = gradient + GradientFloats;
            new Span<float>(memory, ScratchFloats).Clear();
            for (int place = Runs[block].Start; place < Runs[block].End; place++)
            {
                int pick = Picks[place], image = pick / PicksPerRow % Images;
                float* numbers = Numbers.Read(Input + ((nint)image * InputCount), memory);
                for (int output = 0; output < Outputs; output++)
                {
                    // Behind the positions, the gradient stays zero, so that what pads the matrix does not count.
                    Gradients.CopyTo(((nint)pick * Outputs) + output, gradient);
                    AddProducts(gradient, numbers, sums + (output * (Numbers.PaddedRows + 1) * TWidth.Count));
                }
            }
            WritePart(sums, Parts + (block * PartSize));
        }

        /// <summary>Adds the products of one filter's gradient with the patches, lane by lane, and its bias's gradient.</summary>
        private readonly void AddProducts(float* gradient, float* numbers, float* sums)
        {
            for (int row = 0; row < Numbers.PaddedRows; row += PatchMatrix<TWidth, TVector>.RowStep)
                AddEight(gradient, numbers, row, sums + (row * TWidth.Count));
            float* bias = sums + (Numbers.PaddedRows * TWidth.Count);
            var sum = TWidth.Load(bias);
            for (int i = 0; i < GradientFloats; i += TWidth.Count)
                sum = TWidth.Add(sum, TWidth.Load(gradient + i));
            TWidth.Store(sum, bias);
        }

        private readonly void WritePart(float* sums, float* part)
        {
            for (int output = 0; output < Outputs; output++, sums += (Numbers.PaddedRows + 1) * TWidth.Count)
            {
                for (int entry = 0; entry < Size; entry++)
                    part[(output * Size) + entry] = TWidth.Sum(TWidth.Load(sums + (entry * TWidth.Count)));
                part[(Outputs * Size) + output] = TWidth.Sum(TWidth.Load(sums + (Numbers.PaddedRows * TWidth.Count)));
            }
        }

        /// <summary>Adds the products of a filter's gradient with eight numbers of all patches, lane by lane.</summary>
        private readonly void AddEight(float* gradient, float* numbers, int first, float* sums)
        {
            var places = Numbers.Places;
            places.Numbers += first;
            switch (places.RowsPerVector)
            {
                case 1:
                    AddEight<OneRow<TWidth, TVector>>(gradient, numbers, places, Numbers.Vectors, sums);
                    break;
                case 2:
                    AddEight<TwoRows<TWidth, TVector>>(gradient, numbers, places, Numbers.Vectors, sums);
                    break;
                default:
                    AddEight<FourRows<TWidth, TVector>>(gradient, numbers, places, Numbers.Vectors, sums);
                    break;
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        private static void AddEight<TRows>(float* gradient, float* numbers, in PatchPlaces places, int vectors, float* sums)
            where TRows : IPositionRows<TVector>
        {
            nint lanes = TWidth.Count, rowStride = places.RowStride;
            int* place = places.Numbers, vectorPlaces = places.Vectors;
            float* n0 = numbers + place[0], n1 = numbers + place[1], n2 = numbers + place[2], n3 = numbers + place[3];
            float* n4 = numbers + place[4], n5 = numbers + place[5], n6 = numbers + place[6], n7 = numbers + place[7];
            LoadTwo(sums, lanes, out var s0, out var s1);
            LoadTwo(sums + (2 * lanes), lanes, out var s2, out var s3);
            LoadTwo(sums + (4 * lanes), lanes, out var s4, out var s5);
            LoadTwo(sums + (6 * lanes), lanes, out var s6, out var s7);
            for (int vector = 0; vector < vectors; vector++)
            {
                var factors = TWidth.Load(gradient + (vector * lanes));
                nint at = vectorPlaces[vector];
                s0 = TWidth.MultiplyAdd(factors, TRows.Load(n0 + at, rowStride), s0);
                s1 = TWidth.MultiplyAdd(factors, TRows.Load(n1 + at, rowStride), s1);
                s2 = TWidth.MultiplyAdd(factors, TRows.Load(n2 + at, rowStride), s2);
                s3 = TWidth.MultiplyAdd(factors, TRows.Load(n3 + at, rowStride), s3);
                s4 = TWidth.MultiplyAdd(factors, TRows.Load(n4 + at, rowStride), s4);
                s5 = TWidth.MultiplyAdd(factors, TRows.Load(n5 + at, rowStride), s5);
                s6 = TWidth.MultiplyAdd(factors, TRows.Load(n6 + at, rowStride), s6);
                s7 = TWidth.MultiplyAdd(factors, TRows.Load(n7 + at, rowStride), s7);
            }
            StoreTwo(s0, s1, sums, lanes);
            StoreTwo(s2, s3, sums + (2 * lanes), lanes);
            StoreTwo(s4, s5, sums + (4 * lanes), lanes);
            StoreTwo(s6, s7, sums + (6 * lanes), lanes);
        }
    }
}
