namespace ModularNetworks.Engine;

/// <summary>
/// Products of two matrices over vectors: cut by rows, by the inner index where the rows are few, or not at all where the work is little.
/// </summary>
internal static class SimdMatrixProduct<TWidth, TVector>
    where TWidth : IWidth<TVector>
    where TVector : unmanaged
{
    public static void Run(
        Kernels kernels,
        in Matrix left,
        bool transposeLeft,
        in Matrix right,
        bool transposeRight,
        in Matrix product,
        bool accumulate)
    {
        int inner = transposeLeft ? left.Rows : left.Columns;
        if (product.Rows == 0 || product.Columns == 0)
            return;
        bool byInner = ProductByInnerBlocks<TWidth, TVector>.Suits(product.Rows, product.Columns, inner);
        if (!byInner && !transposeLeft && !transposeRight
            && ProductOfFewRows<TWidth, TVector>.Suits(product.Rows, product.Columns, inner))
        {
            ProductOfFewRows<TWidth, TVector>.Run(left, right, product, accumulate);
        }
        else if (!byInner && !transposeLeft && ThinProduct<TWidth, TVector>.Suits(product.Rows, product.Columns, inner))
        {
            ThinProduct<TWidth, TVector>.Run(kernels, left, right, transposeRight, product, accumulate);
        }
        else if (!byInner)
        {
            ProductByRowBlocks<TWidth, TVector>.Run(
                kernels, left, transposeLeft, right, transposeRight, product, accumulate);
        }
        else if (transposeLeft && StepCost(product.Columns, product.Rows) < StepCost(product.Rows, product.Columns))
        {
            ProductByInnerBlocks<TWidth, TVector>.Run(
                kernels, right, !transposeRight, left, !transposeLeft, product, true, accumulate);
        }
        else
        {
            ProductByInnerBlocks<TWidth, TVector>.Run(
                kernels, left, transposeLeft, right, transposeRight, product, false, accumulate);
        }
    }

    /// <summary>
    /// The cost of a step of the inner index, in multiply-adds of vectors. A panel of one vector counts as two: its
    /// multiply-adds wait for loads.
    /// </summary>
    private static int StepCost(int rows, int columns)
    {
        int vectors = Kernels.CountBlocks(columns, TWidth.Count);
        return rows * (vectors + (vectors % TWidth.PanelVectors == 1 ? 1 : 0));
    }
}
