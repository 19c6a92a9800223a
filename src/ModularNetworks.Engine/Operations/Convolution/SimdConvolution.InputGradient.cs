using System.Runtime.CompilerServices;

namespace ModularNetworks.Engine;

internal static unsafe partial class SimdConvolution<TWidth, TVector>
{
    public static void InputGradient(
        Kernels kernels, in ConvolutionArguments convolution, Tensor output, Tensor outputGradient, Tensor inputGradient)
    {
        var (patches, picks) = (convolution.Patches, convolution.Selection.Shape.Count);
        if (picks == 0 || convolution.Outputs == 0)
            return;
        var scratch = Kernels.Keep<ConvolutionScratch>();
        var filters = new PickedFilters(convolution);
        int matrixTable = PatchMatrix<TWidth, TVector>.PaddedRowsFor(patches), rowFilters = filters.CountFor(rows: 1);
        int* places = (int*)scratch.Places.Reserve(matrixTable + rowFilters + patches.Positions);
        var matrix = new PatchMatrix<TWidth, TVector>(patches, places);
        var kernel = new InputGradientBlocks
        {
            Matrix = matrix,
            GradientPlaces = PatchPlaces.OfMatrix(places + matrixTable, rowFilters, (int)matrix.Stride, TWidth.Count),
            Filters = filters,
            InputCount = patches.Image.Count,
            Images = convolution.Images,
            RowsPerImage = convolution.Rows / convolution.Images,
            Positions = patches.Positions,
            Gradients = new FilterGradients(convolution, output, outputGradient),
            InputGradient = inputGradient.PointerTo(convolution.InputCount),
        };
        long imageWork = (long)picks / convolution.Images * convolution.Outputs * patches.Size * patches.Positions;
        kernel.ImagesPerBlock = ImagesPerBlock(imageWork);
        kernel.Scratch = scratch.Workers.ReserveEach(kernels.Workers.ThreadCount, kernel.ScratchFloats, out kernel.ScratchStride);
        kernels.RunBlocks(Kernels.CountBlocks(convolution.Images, kernel.ImagesPerBlock), kernel, imageWork * convolution.Images);
    }

    /// <summary>
    /// The gradient of a row's patches is a product too, of the picked filters, transposed, and the gradients of what they
    /// gave. It is added up over the rows of an image before it goes back to the image's own order.
    /// </summary>
    private struct InputGradientBlocks : IBlockKernel
    {
        public PatchMatrix<TWidth, TVector> Matrix;
        public PatchPlaces GradientPlaces;
        public PickedFilters Filters;
        public int InputCount;
        public int Images;
        public int ImagesPerBlock;
        public int RowsPerImage;
        public int Positions;
        public FilterGradients Gradients;
        public float* InputGradient;
        public float* Scratch;
        public nint ScratchStride;

        public readonly int ScratchFloats => FloatsBeforeRows + (Filters.Size * sizeof(PatchRow) / sizeof(float)) + CacheLine;

        private readonly int RowFilters => Filters.CountFor(rows: 1);

        private readonly int FloatsBeforeRows =>
            Matrix.ImageCount + Matrix.Count + (RowFilters * (Filters.Size + (int)Matrix.Stride));

        [MethodImpl(MethodImplOptions.NoInlining)]
        public readonly void Run(int block, int worker)
        {
            float* sorted = Scratch + (worker * ScratchStride);
            float* matrix = sorted + Matrix.ImageCount;
            float* gradients = matrix + Matrix.Count;
            float* transposed = gradients + (RowFilters * Matrix.Stride);
            new Span<float>(sorted, FloatsBeforeRows).Clear();
            var rows = RowsBehind(sorted, FloatsBeforeRows);
            for (int entry = 0; entry < Filters.Size; entry++)
            {
                rows[entry] = new PatchRow
                {
                    Factors = transposed + (entry * RowFilters),
                    Sums = matrix + (entry * Matrix.Stride),
                };
            }
            int end = Math.Min(Images, (block + 1) * ImagesPerBlock);
            for (int image = block * ImagesPerBlock; image < end; image++)
            {
                new Span<float>(sorted, Matrix.ImageCount).Clear();
                for (int i = 0; i < RowsPerImage; i++)
                {
                    Load((i * Images) + image, gradients, transposed);
                    PatchProduct<TWidth, TVector>.Run(
                        rows, Filters.Size, RowFilters, gradients, GradientPlaces, Positions, least: float.NegativeInfinity);
                    Matrix.Scatter(matrix, sorted);
                }
                Matrix.AddTo(sorted, InputGradient + ((nint)image * InputCount));
            }
        }

        /// <summary>Copies the gradients of a row's outputs, padded, and its picked filters, transposed.</summary>
        private readonly void Load(int row, float* gradients, float* transposed)
        {
            for (int filter = 0; filter < RowFilters; filter++)
            {
                Gradients.CopyTo(((nint)row * RowFilters) + filter, gradients + (filter * Matrix.Stride));
                int pick = (row * Filters.Picks) + (filter / Filters.Outputs);
                float* factors = Filters[pick, filter % Filters.Outputs];
                for (int entry = 0; entry < Filters.Size; entry++)
                    transposed[(entry * RowFilters) + filter] = factors[entry];
            }
        }
    }
}
