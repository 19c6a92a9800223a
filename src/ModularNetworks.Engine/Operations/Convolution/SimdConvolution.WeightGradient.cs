namespace ModularNetworks.Engine;

// The picks of each key are cut into runs whose length does not depend on the threads. Each run makes one part of its
// key's gradient, and the parts are added in the order of the runs.
internal static unsafe partial class SimdConvolution<TWidth, TVector>
{
    private const int PicksPerRun = 16;

    public static void WeightGradient(
        Kernels kernels,
        in ConvolutionArguments convolution,
        Tensor output,
        Tensor outputGradient,
        Tensor weightGradient,
        Tensor? biasGradient)
    {
        var (patches, groups) = (convolution.Patches, convolution.Groups);
        int picks = convolution.Selection.Shape.Count;
        if (picks == 0 || convolution.Outputs == 0)
            return;
        var scratch = Kernels.Keep<ConvolutionScratch>();
        var kernel = new WeightGradientBlocks
        {
            Numbers = new PatchNumbers<TWidth, TVector>(patches, scratch.Places),
            Outputs = convolution.Outputs,
            Size = patches.Size,
            Input = convolution.Input.PointerTo(convolution.InputCount),
            InputCount = patches.Image.Count,
            Images = convolution.Images,
            PicksPerRow = convolution.PicksPerRow,
            Picks = groups.Picks.PointerTo(picks, bound: picks),
            Gradients = new FilterGradients(convolution, output, outputGradient),
        };
        int mostRuns = Kernels.CountBlocks(picks, PicksPerRun) + groups.Count;
        int partFloats = mostRuns * kernel.PartSize;
        kernel.Parts = scratch.Parts.Reserve((long)partFloats + (mostRuns * (sizeof(PickRun) / sizeof(float))));
        kernel.Runs = (PickRun*)(kernel.Parts + partFloats);
        int runs = CutGroups(groups, kernel.Runs);
        kernel.Scratch = scratch.Workers.ReserveEach(kernels.Workers.ThreadCount, kernel.ScratchFloats, out kernel.ScratchStride);
        kernels.RunBlocks(runs, kernel, (long)picks * convolution.Outputs * patches.Size * patches.Positions);
        AddParts(kernel, runs, weightGradient, biasGradient);
    }

    private static int CutGroups(in RowGroups groups, PickRun* runs)
    {
        int count = 0;
        for (int group = 0; group < groups.Count; group++)
        {
            int end = groups.Starts.Values[group + 1];
            for (int start = groups.Starts.Values[group]; start < end; start += PicksPerRun)
            {
                runs[count++] = new PickRun
                {
                    Key = groups.Keys.Values[group],
                    Start = start,
                    End = Math.Min(end, start + PicksPerRun),
                };
            }
        }
        return count;
    }

    private static void AddParts(
        in WeightGradientBlocks kernel, int runs, Tensor weightGradient, Tensor? biasGradient)
    {
        int weights = kernel.Outputs * kernel.Size;
        for (int run = 0; run < runs; run++)
        {
            int key = kernel.Runs[run].Key;
            float* part = kernel.Parts + (run * kernel.PartSize);
            Add(part, weightGradient.Values.Slice(key * weights, weights));
            if (biasGradient is not null)
                Add(part + weights, biasGradient.Values.Slice(key * kernel.Outputs, kernel.Outputs));
        }

        static void Add(float* part, Span<float> target)
        {
            for (int i = 0; i < target.Length; i++)
                target[i] += part[i];
        }
    }

    /// <summary>Some picks of one key, by their places among the sorted picks.</summary>
    private struct PickRun
    {
        public int Key;
        public int Start;
        public int End;
    }
}
