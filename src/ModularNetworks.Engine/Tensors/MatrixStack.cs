using System.Diagnostics.CodeAnalysis;

namespace ModularNetworks.Engine;

/// <summary>
/// Several weight matrices of one size in one tensor, or the same range of rows of each: the part of the linear maps that
/// acts on some of their inputs.
/// </summary>
[SuppressMessage("Naming", "CA1711", Justification = "Matrices that lie one behind the other are a stack of matrices.")]
internal readonly struct MatrixStack
{
    /// <summary>Creates a view of some input rows of every matrix.</summary>
    /// <param name="tensor"><c>[matrices, all inputs, outputs]</c>.</param>
    /// <param name="firstInput">The first input row.</param>
    /// <param name="inputs">The number of input rows.</param>
    /// <exception cref="ShapeException">The tensor has not three axes, or the rows do not lie within it.</exception>
    public MatrixStack(Tensor tensor, int firstInput, int inputs)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (tensor.Shape.Rank != 3 || firstInput < 0 || inputs < 0 || inputs > tensor.Shape[1] - firstInput)
        {
            throw new ShapeException(
                $"MatrixStack: {inputs} inputs from {firstInput} do not lie within weights of shape "
                + $"{tensor.Shape}, which must be [matrices, inputs, outputs].");
        }
        Tensor = tensor;
        FirstInput = firstInput;
        Inputs = inputs;
    }

    /// <summary><c>[matrices, all inputs, outputs]</c>.</summary>
    public Tensor Tensor { get; }

    /// <summary>The first input row of the range.</summary>
    public int FirstInput { get; }

    /// <summary>The number of input rows of the range.</summary>
    public int Inputs { get; }

    /// <summary>The number of matrices.</summary>
    public int Count => Tensor.Shape[0];

    /// <summary>The number of outputs, the columns of a matrix.</summary>
    public int Outputs => Tensor.Shape[2];

    /// <summary>The number of elements from a matrix to the next.</summary>
    internal nint MatrixSize => (nint)Tensor.Shape[1] * Outputs;

    /// <summary>The address of the first matrix's first input row, for kernels that stay within the range of every matrix.</summary>
    internal unsafe float* Pointer => Tensor.PointerTo(Count * (long)MatrixSize) + ((nint)FirstInput * Outputs);

    /// <summary>All inputs of every matrix.</summary>
    public static MatrixStack Of(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return new MatrixStack(tensor, 0, tensor.Shape.Rank == 3 ? tensor.Shape[1] : 0);
    }

    /// <summary>The same rows of another tensor of the same shape, such as the gradient.</summary>
    public MatrixStack In(Tensor tensor) => new(tensor, FirstInput, Inputs);

    /// <summary>One of the matrices, <c>[inputs, outputs]</c>.</summary>
    public Matrix this[int matrix] =>
        new(Tensor, ((matrix * Tensor.Shape[1]) + FirstInput) * Outputs, Inputs, Outputs, Outputs);
}
