using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>Grouped products and their gradients by the input, over vectors.</summary>
/// <remarks>
/// The picks, sorted by module, are cut into blocks without regard to the modules; a block packs the weights of each module
/// that it has more than a few picks of, and multiplies these picks by them while they are in the cache. Packed weights of
/// all modules would have to go through memory twice more. Rows are read and written where they are.
/// </remarks>
internal static unsafe partial class SimdGroupedProduct<TWidth, TVector>
    where TWidth : IWidth<TVector>
    where TVector : unmanaged
{
    // So many picks of a module make up for packing its weights.
    private const int MostPicksPerBlock = 256;

    public static void Run(
        Kernels kernels, RowGroups groups, Matrix input, MatrixStack weight, Tensor? bias, Matrix output)
    {
        int* picks = groups.Picks.PointerTo(groups.Picks.Shape.Count, bound: groups.Picks.Shape.Count);
        var left = new PickedRows(EvenRows.Of(input), picks, groups.PicksPerRow);
        var target = new PickedRows(EvenRows.Of(output), picks, 1);
        RunPicks(kernels, groups, left, weight, transposeWeight: false, bias, target, accumulate: false);
    }

    public static void RunInputGradient(
        Kernels kernels, RowGroups groups, Matrix outputGradient, MatrixStack weight, Matrix inputGradient)
    {
        int* picks = groups.Picks.PointerTo(groups.Picks.Shape.Count, bound: groups.Picks.Shape.Count);
        var left = new PickedRows(EvenRows.Of(outputGradient), picks, 1);
        if (groups.PicksPerRow == 1)
        {
            var target = new PickedRows(EvenRows.Of(inputGradient), picks, 1);
            RunPicks(kernels, groups, left, weight, transposeWeight: true, null, target, accumulate: true);
        }
        else
        {
            int padded = Panels<TWidth, TVector>.PaddedColumns(weight.Inputs);
            float* pickedRows = Kernels.Keep<PickedRowsScratch>().Rows.Reserve((nint)groups.Picks.Shape.Count * padded);
            var target = new PickedRows(new EvenRows(pickedRows, padded), picks, 1);
            RunPicks(kernels, groups, left, weight, transposeWeight: true, null, target, accumulate: false);
            AddPickedRows(kernels, pickedRows, padded, groups.PicksPerRow, inputGradient);
        }
    }

    private static void RunPicks(
        Kernels kernels,
        RowGroups groups,
        PickedRows left,
        MatrixStack weight,
        bool transposeWeight,
        Tensor? bias,
        PickedRows target,
        bool accumulate)
    {
        int inner = transposeWeight ? weight.Outputs : weight.Inputs;
        int columns = transposeWeight ? weight.Inputs : weight.Outputs;
        int pickCount = groups.Picks.Shape.Count;
        if (pickCount == 0 || columns == 0)
            return;
        int scratchSize = Math.Max(
            (int)Panels<TWidth, TVector>.Size(inner, columns), FewRows<TWidth, TVector>.ScratchSize(columns));
        float* scratch = Kernels.Keep<ProductScratch>().Workers.ReserveEach(
            kernels.Workers.ThreadCount, scratchSize, out nint scratchStride);
        int blockPicks = ProductBlocks<TWidth, TVector>.RowsPerBlock(pickCount, inner, columns, MostPicksPerBlock);
        var kernel = new PickBlocks
        {
            Groups = new GroupList(groups.Starts.PointerTo(groups.Count + 1, bound: pickCount + 1), groups.Count),
            PickCount = pickCount,
            BlockPicks = blockPicks,
            Left = left,
            Modules = groups.Keys.PointerTo(groups.Count, bound: weight.Count),
            Weight = weight.Pointer,
            ModuleSize = weight.MatrixSize,
            Outputs = weight.Outputs,
            Transposed = transposeWeight,
            Bias = bias is null ? null : bias.PointerTo((long)weight.Count * weight.Outputs),
            Scratch = scratch,
            ScratchStride = scratchStride,
            Inner = inner,
            Columns = columns,
            Target = target,
            Accumulate = accumulate,
        };
        long packing = (long)groups.Count * inner * columns * ProductBlocks<TWidth, TVector>.PackingCost;
        kernels.RunBlocks(Kernels.CountBlocks(pickCount, blockPicks), kernel, ((long)pickCount * inner * columns) + packing);
    }

    private static void AddPickedRows(Kernels kernels, float* pickedRows, int stride, int picksPerRow, Matrix target)
    {
        long rowWork = (long)picksPerRow * target.Columns * ProductBlocks<TWidth, TVector>.PackingCost;
        int blockRows = (int)Math.Clamp(Kernels.BlockWork / rowWork, 1, target.Rows);
        var kernel = new PickedRowSums(
            pickedRows, stride, picksPerRow, EvenRows.Of(target), target.Rows, target.Columns, blockRows);
        kernels.RunBlocks(Kernels.CountBlocks(target.Rows, blockRows), kernel, rowWork * target.Rows);
    }

    /// <summary>Adds to some rows what each of their picks has for them, in the order of the picks.</summary>
    private readonly struct PickedRowSums(
        float* pickedRows, int stride, int picksPerRow, EvenRows target, int rows, int columns, int blockRows)
        : IBlockKernel
    {
        public void Run(int block, int worker)
        {
            int end = Math.Min((block + 1) * blockRows, rows);
            for (int row = block * blockRows; row < end; row++)
            {
                float* parts = pickedRows + ((nint)row * picksPerRow * stride);
                ProductBlocks<TWidth, TVector>.AddPartials(parts, stride, picksPerRow, target[row], columns, accumulate: true);
            }
        }
    }
}

/// <summary>The memory for a row's picks while their gradients by the input are not added up.</summary>
internal sealed class PickedRowsScratch
{
    /// <summary>One row for each pick.</summary>
    public Scratch Rows { get; } = new();
}
