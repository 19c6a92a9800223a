namespace ModularNetworks.Engine;

/// <summary>
/// Products of a few rows with a small matrix, which is read where it lies: to copy it into panels would take longer than to multiply.
/// Every sum runs over the inner index in order, as in <see cref="PanelProduct{TWidth, TVector}"/>, and has the same bits.
/// </summary>
internal static unsafe class ProductOfFewRows<TWidth, TVector>
    where TWidth : IWidth<TVector>
    where TVector : unmanaged
{
    // So many rows do not yet pay for a copy.
    private const int MaxRows = 4;

    // A right factor of so many elements stays in the first-level cache.
    private const int MaxElements = 8192;

    /// <summary>Whether a product of matrices that are not transposed is one of these.</summary>
    public static bool Suits(int rows, int columns, int inner) => rows <= MaxRows && (long)columns * inner <= MaxElements;

    public static void Run(in Matrix left, in Matrix right, in Matrix product, bool accumulate)
    {
        float* leftRows = left.Pointer, rightRows = right.Pointer, productRows = product.Pointer;
        for (int row = 0; row < product.Rows; row++)
        {
            float* vector = leftRows + ((nint)row * left.Stride), sums = productRows + ((nint)row * product.Stride);
            int column = 0;
            for (; column + (2 * TWidth.Count) <= product.Columns; column += 2 * TWidth.Count)
                TwoVectors(vector, left.Columns, rightRows + column, right.Stride, sums + column, accumulate);
            for (; column < product.Columns; column += TWidth.Count)
            {
                int lanes = Math.Min(TWidth.Count, product.Columns - column);
                OneVector(vector, left.Columns, rightRows + column, right.Stride, sums + column, lanes, accumulate);
            }
        }
    }

    private static void TwoVectors(float* vector, int inner, float* matrix, nint stride, float* sums, bool accumulate)
    {
        TVector first = TWidth.Zero, second = TWidth.Zero;
        if (accumulate)
            (first, second) = (TWidth.Load(sums), TWidth.Load(sums + TWidth.Count));
        for (int i = 0; i < inner; i++, matrix += stride)
        {
            var factor = TWidth.Broadcast(vector[i]);
            first = TWidth.MultiplyAdd(factor, TWidth.Load(matrix), first);
            second = TWidth.MultiplyAdd(factor, TWidth.Load(matrix + TWidth.Count), second);
        }
        TWidth.Store(first, sums);
        TWidth.Store(second, sums + TWidth.Count);
    }

    private static void OneVector(float* vector, int inner, float* matrix, nint stride, float* sums, int lanes, bool accumulate)
    {
        var sum = accumulate ? TWidth.LoadPart(sums, lanes) : TWidth.Zero;
        if (lanes == TWidth.Count)
        {
            for (int i = 0; i < inner; i++, matrix += stride)
                sum = TWidth.MultiplyAdd(TWidth.Broadcast(vector[i]), TWidth.Load(matrix), sum);
            TWidth.Store(sum, sums);
            return;
        }
        for (int i = 0; i < inner; i++, matrix += stride)
            sum = TWidth.MultiplyAdd(TWidth.Broadcast(vector[i]), TWidth.LoadPart(matrix, lanes), sum);
        TWidth.StorePart(sum, sums, lanes);
    }
}
