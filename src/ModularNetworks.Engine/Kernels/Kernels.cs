namespace ModularNetworks.Engine;

/// <summary>
/// The arithmetic that has more than one implementation: <see cref="PlainKernels{T}"/> says what is computed, in either
/// precision, and <see cref="SimdKernels"/> computes the same fast. A kernels object serves one thread at a time.
/// </summary>
/// <remarks>Shapes are checked by the operations that call; kernels rely on them.</remarks>
public abstract partial class Kernels
{
    /// <summary>Creates kernels that spread their work over a pool.</summary>
    protected Kernels(WorkerPool workers)
    {
        ArgumentNullException.ThrowIfNull(workers);
        Workers = workers;
    }

    /// <summary>The threads that share the work.</summary>
    public WorkerPool Workers { get; }

    /// <summary>The element type the kernels work on.</summary>
    public abstract Precision Precision { get; }

    /// <summary>The name of the instruction set in use, such as <c>Vector512</c>, for reports.</summary>
    public abstract string InstructionSet { get; }

    /// <summary>Sets every element.</summary>
    public abstract void Fill(Tensor tensor, double value);

    /// <summary>Sets every element to zero.</summary>
    public void Clear(Tensor tensor) => Fill(tensor, 0);

    /// <summary>
    /// <c>product = left x right</c>, or added to what is there; each factor may be used transposed.
    /// </summary>
    /// <param name="left"><c>[rows, inner]</c>, or <c>[inner, rows]</c> if transposed.</param>
    /// <param name="transposeLeft">Whether <paramref name="left"/> is used transposed.</param>
    /// <param name="right"><c>[inner, columns]</c>, or <c>[columns, inner]</c> if transposed.</param>
    /// <param name="transposeRight">Whether <paramref name="right"/> is used transposed.</param>
    /// <param name="product"><c>[rows, columns]</c>; overlaps no factor.</param>
    /// <param name="accumulate">Whether to add to <paramref name="product"/> instead of overwriting it.</param>
    public abstract void MatrixProduct(
        Matrix left, bool transposeLeft, Matrix right, bool transposeRight, Matrix product, bool accumulate);
}
