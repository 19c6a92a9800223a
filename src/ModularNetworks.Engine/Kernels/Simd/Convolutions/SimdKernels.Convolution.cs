namespace ModularNetworks.Engine;

// Convolutions go image by image: an image is sorted so that neighbouring positions read neighbouring numbers, which stay in
// the cache, and the filters of all modules that the image's rows picked are multiplied with them.
internal sealed unsafe partial class SimdKernels<TWidth, TVector>
{
    // An output below this was rectified to zero, or is as good as that.
    private const float SmallestNormal = 1.17549435e-38f;

    private readonly Scratch _convolutionScratch = new();
    private readonly Scratch _convolutionParts = new();
    private readonly Scratch _patchPlaces = new();

    public override void Convolution(in ConvolutionArguments convolution, Tensor output)
    {
        var (patches, picks) = (convolution.Patches, convolution.Selection.Shape.Count);
        if (picks == 0 || convolution.Outputs == 0)
            return;
        int rowsPerImage = convolution.Rows / convolution.Images;
        var kernel = new ConvolutionBlock
        {
            Numbers = new PatchNumbers<TWidth, TVector>(patches, _patchPlaces),
            Filters = new ModuleFilters(convolution),
            Input = convolution.Input.Pointer,
            InputCount = patches.Image.Count,
            Images = convolution.Images,
            RowsPerImage = rowsPerImage,
            Positions = patches.Positions,
            Output = output.Pointer,
            Least = convolution.Rectifies ? 0 : float.NegativeInfinity,
        };
        long imageWork = (long)picks / convolution.Images * convolution.Outputs * patches.Size * patches.Positions;
        kernel.ImagesPerBlock = ImagesPerBlock(imageWork);
        int rowFloats = ((kernel.Filters.CountFor(rowsPerImage) * sizeof(PatchRow))
            + (rowsPerImage * kernel.Filters.Picks * sizeof(RepeatedPick))) / sizeof(float);
        int floats = kernel.Numbers.Count + rowFloats + CacheLine;
        kernel.Scratch = _convolutionScratch.ReserveEach(Workers.ThreadCount, floats, out kernel.ScratchStride);
        RunBlocks(CountBlocks(convolution.Images, kernel.ImagesPerBlock), kernel, imageWork * convolution.Images);
        KeepAlive(
            convolution.Input, convolution.Selection, convolution.Weight, convolution.Bias, output,
            convolution.Groups.Picks, convolution.Groups.Modules, convolution.Groups.Starts);
    }

    /// <summary>Images do not depend on each other, so that any number of them can be a block.</summary>
    private static int ImagesPerBlock(long imageWork) => (int)Math.Clamp(BlockWork / Math.Max(1, imageWork), 1, 64);

    /// <summary>Memory for rows behind other scratch memory, aligned for pointers.</summary>
    private static PatchRow* RowsBehind(float* scratch, int used) =>
        (PatchRow*)(scratch + ((used + CacheLine - 1) / CacheLine * CacheLine));

    /// <summary>The gradients of what filters gave, as they pass a rectification.</summary>
    private readonly struct FilterGradients(in ConvolutionArguments convolution, Tensor output, Tensor outputGradient)
    {
        private readonly float* _gradient = outputGradient.Pointer;

        // Null where nothing is rectified.
        private readonly float* _output = convolution.Rectifies ? output.Pointer : null;
        private readonly int _positions = convolution.Patches.Positions;

        /// <summary>Copies the gradients of one filter's sums.</summary>
        /// <param name="filter">The filter's place: pick times outputs plus output.</param>
        /// <param name="target">Room for a number for each position.</param>
        public void CopyTo(nint filter, float* target)
        {
            float* source = _gradient + (filter * _positions);
            if (_output == null)
            {
                new ReadOnlySpan<float>(source, _positions).CopyTo(new Span<float>(target, _positions));
                return;
            }
            float* output = _output + (filter * _positions);
            for (int i = 0; i < _positions; i += TWidth.Count)
            {
                int count = Math.Min(TWidth.Count, _positions - i);
                var passed = TWidth.ZeroWhereBelow(
                    TWidth.LoadPart(source + i, count), TWidth.LoadPart(output + i, count), TWidth.Broadcast(SmallestNormal));
                TWidth.StorePart(passed, target + i, count);
            }
        }
    }

    /// <summary>Where the filters of picked modules are.</summary>
    private readonly struct ModuleFilters(in ConvolutionArguments convolution)
    {
        private readonly int* _selection = convolution.Selection.Pointer;
        private readonly float* _weight = convolution.Weight.Pointer;
        private readonly float* _bias = convolution.Bias is null ? null : convolution.Bias.Pointer;

        public int Picks { get; } = convolution.PicksPerRow;

        public int Outputs { get; } = convolution.Outputs;

        public int Size { get; } = convolution.Patches.Size;

        /// <summary>The number of filters that some rows picked.</summary>
        public int CountFor(int rows) => rows * Picks * Outputs;

        /// <summary>A filter's factors.</summary>
        /// <param name="pick">The pick.</param>
        /// <param name="output">Which of the module's filters.</param>
        public float* this[int pick, int output] => _weight + ((nint)FilterOf(pick, output) * Size);

        public float BiasOf(int pick, int output) => _bias == null ? 0 : _bias[FilterOf(pick, output)];

        public int ModuleOf(int pick) => _selection[pick];

        private int FilterOf(int pick, int output) => (_selection[pick] * Outputs) + output;
    }

    /// <summary>A pick of an image's rows, and the first one that has the same module: perhaps itself.</summary>
    private struct RepeatedPick
    {
        public int Pick;
        public int First;
    }

    private struct ConvolutionBlock : IBlockKernel
    {
        public PatchNumbers<TWidth, TVector> Numbers;
        public ModuleFilters Filters;
        public float* Input;
        public int InputCount;
        public int Images;
        public int ImagesPerBlock;
        public int RowsPerImage;
        public int Positions;
        public float* Output;
        public float Least;
        public float* Scratch;
        public nint ScratchStride;

        public readonly void Run(int block, int worker)
        {
            float* memory = Scratch + (worker * ScratchStride);
            new Span<float>(memory, Numbers.Count).Clear();
            var rows = RowsBehind(memory, Numbers.Count);
            var picks = (RepeatedPick*)(rows + Filters.CountFor(RowsPerImage));
            int end = Math.Min(Images, (block + 1) * ImagesPerBlock);
            for (int image = block * ImagesPerBlock; image < end; image++)
            {
                float* numbers = Numbers.Read(Input + ((nint)image * InputCount), memory);
                int count = ListFilters(image, rows, picks);
                PatchProduct<TWidth, TVector>.Run(rows, count, Filters.Size, numbers, Numbers.Places, Positions, Least);
                CopyRepeated(picks);
            }
        }

        /// <summary>Lists the filters of the modules that the rows of an image picked, each module once.</summary>
        private readonly int ListFilters(int image, PatchRow* rows, RepeatedPick* picks)
        {
            int count = 0, pickCount = 0;
            for (int row = image; row < RowsPerImage * Images; row += Images)
            {
                for (int pick = row * Filters.Picks; pick < (row + 1) * Filters.Picks; pick++, pickCount++)
                {
                    picks[pickCount] = new RepeatedPick { Pick = pick, First = FirstPick(pick, picks, pickCount) };
                    if (picks[pickCount].First == pick)
                        count += ListFilters(pick, rows + count);
                }
            }
            return count;
        }

        private readonly int ListFilters(int pick, PatchRow* rows)
        {
            for (int output = 0; output < Filters.Outputs; output++)
            {
                rows[output] = new PatchRow
                {
                    Factors = Filters[pick, output],
                    Start = Filters.BiasOf(pick, output),
                    Sums = SumsOf(pick) + (output * Positions),
                };
            }
            return Filters.Outputs;
        }

        /// <summary>The first pick of an image's rows that has the same module.</summary>
        private readonly int FirstPick(int pick, RepeatedPick* earlier, int count)
        {
            for (int i = 0; i < count; i++)
            {
                if (Filters.ModuleOf(earlier[i].Pick) == Filters.ModuleOf(pick))
                    return earlier[i].Pick;
            }
            return pick;
        }

        /// <summary>Gives the picks of a module that was picked before what it gave then.</summary>
        private readonly void CopyRepeated(RepeatedPick* picks)
        {
            int size = Filters.Outputs * Positions;
            for (int i = 0; i < RowsPerImage * Filters.Picks; i++)
            {
                var (pick, first) = (picks[i].Pick, picks[i].First);
                if (first != pick)
                    new ReadOnlySpan<float>(SumsOf(first), size).CopyTo(new Span<float>(SumsOf(pick), size));
            }
        }

        private readonly float* SumsOf(int pick) => Output + ((nint)pick * Filters.Outputs * Positions);
    }
}
