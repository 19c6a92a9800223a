namespace ModularNetworks.Engine;

// Convolutions go image by image: an image is sorted so that neighbouring positions read neighbouring numbers, which stay in
// the cache, and the filters that the image's rows picked are multiplied with them.
internal static unsafe partial class SimdConvolution<TWidth, TVector>
    where TWidth : IWidth<TVector>
    where TVector : unmanaged
{
    private const int CacheLine = Scratch.CacheLine;

    // An output below this was rectified to zero, or is as good as that.
    private const float SmallestNormal = 1.17549435e-38f;

    public static void Run(Kernels kernels, in ConvolutionArguments convolution, Tensor? output, Tensor? means)
    {
        var (patches, picks) = (convolution.Patches, convolution.Selection.Shape.Count);
        if (picks == 0 || convolution.Outputs == 0)
            return;
        var scratch = Kernels.Keep<ConvolutionScratch>();
        int rowsPerImage = convolution.Rows / convolution.Images;
        var kernel = new ImageBlocks
        {
            Numbers = new PatchNumbers<TWidth, TVector>(patches, scratch.Places),
            Filters = new PickedFilters(convolution),
            Input = convolution.Input.PointerTo(convolution.InputCount),
            InputCount = patches.Image.Count,
            Images = convolution.Images,
            RowsPerImage = rowsPerImage,
            Positions = patches.Positions,
            Output = output is null ? null : output.PointerTo(convolution.OutputCount),
            Means = means is null ? null : means.PointerTo(convolution.MeansCount),
            Least = convolution.Rectifies ? 0 : float.NegativeInfinity,
        };
        long imageWork = (long)picks / convolution.Images * convolution.Outputs * patches.Size * patches.Positions;
        kernel.ImagesPerBlock = ImagesPerBlock(imageWork);
        kernel.Scratch = scratch.Workers.ReserveEach(kernels.Workers.ThreadCount, kernel.ScratchFloats, out kernel.ScratchStride);
        kernels.RunBlocks(Kernels.CountBlocks(convolution.Images, kernel.ImagesPerBlock), kernel, imageWork * convolution.Images);
    }

    /// <summary>Images do not depend on each other, so that any number of them can be a block.</summary>
    private static int ImagesPerBlock(long imageWork) => (int)Math.Clamp(Kernels.BlockWork / Math.Max(1, imageWork), 1, 64);

    /// <summary>Memory for rows behind other scratch memory, aligned for pointers.</summary>
    private static PatchRow* RowsBehind(float* scratch, int used) =>
        (PatchRow*)(scratch + ((used + CacheLine - 1) / CacheLine * CacheLine));

    /// <summary>The gradients of what filters gave, as they pass a rectification.</summary>
    private readonly struct FilterGradients(in ConvolutionArguments convolution, Tensor output, Tensor outputGradient)
    {
        private readonly float* _gradient = outputGradient.PointerTo(convolution.Averages ? convolution.MeansCount : convolution.OutputCount);

        // Null where nothing is rectified.
        private readonly float* _output = convolution.Rectifies ? output.PointerTo(convolution.OutputCount) : null;
        private readonly int _positions = convolution.Patches.Positions;
        private readonly bool _ofMeans = convolution.Averages;

        /// <summary>Copies the gradients of one filter's sums.</summary>
        /// <param name="filter">The filter's place: pick times outputs plus output.</param>
        /// <param name="target">Room for a number for each position.</param>
        public void CopyTo(nint filter, float* target)
        {
            var share = TWidth.Broadcast(_ofMeans ? _gradient[filter] * (1f / _positions) : 0);
            for (int i = 0; i < _positions; i += TWidth.Count)
            {
                int count = Math.Min(TWidth.Count, _positions - i);
                nint place = (filter * _positions) + i;
                var passed = _ofMeans ? share : TWidth.LoadPart(_gradient + place, count);
                if (_output != null)
                {
                    passed = TWidth.ZeroWhereBelow(
                        passed, TWidth.LoadPart(_output + place, count), TWidth.Broadcast(SmallestNormal));
                }
                TWidth.StorePart(passed, target + i, count);
            }
        }
    }

    /// <summary>Where the picked filters are.</summary>
    private readonly struct PickedFilters(in ConvolutionArguments convolution)
    {
        private readonly int* _selection = convolution.Selection.PointerTo(convolution.Selection.Shape.Count, bound: convolution.Keys);
        private readonly float* _weight = convolution.Weight.PointerTo((long)convolution.Keys * convolution.Outputs * convolution.Patches.Size);
        private readonly float* _bias = convolution.Bias is null ? null : convolution.Bias.PointerTo((long)convolution.Keys * convolution.Outputs);

        public int Picks { get; } = convolution.PicksPerRow;

        public int Outputs { get; } = convolution.Outputs;

        public int Size { get; } = convolution.Patches.Size;

        /// <summary>The number of filters that some rows picked.</summary>
        public int CountFor(int rows) => rows * Picks * Outputs;

        /// <summary>A filter's factors.</summary>
        /// <param name="pick">The pick.</param>
        /// <param name="output">Which of the key's filters.</param>
        public float* this[int pick, int output] => _weight + ((nint)FilterOf(pick, output) * Size);

        public float BiasOf(int pick, int output) => _bias == null ? 0 : _bias[FilterOf(pick, output)];

        public int KeyOf(int pick) => _selection[pick];

        private int FilterOf(int pick, int output) => (_selection[pick] * Outputs) + output;
    }
}
