namespace ModularNetworks.Engine;

/// <summary>
/// The weight matrices of a pool's modules, or the same range of rows of each: the part of the modules that acts on
/// some of their inputs.
/// </summary>
public readonly struct ModuleWeights
{
    /// <summary>Creates a view of some input rows of every module.</summary>
    /// <param name="tensor"><c>[modules, all inputs, outputs]</c>.</param>
    /// <param name="firstInput">The first input row.</param>
    /// <param name="inputs">The number of input rows.</param>
    /// <exception cref="ShapeException">The tensor has not three axes, or the rows do not lie within it.</exception>
    public ModuleWeights(Tensor tensor, int firstInput, int inputs)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (tensor.Shape.Rank != 3 || firstInput < 0 || inputs < 0 || firstInput + inputs > tensor.Shape[1])
        {
            throw new ShapeException(
                $"ModuleWeights: inputs {firstInput} to {firstInput + inputs} do not lie within weights of shape "
                + $"{tensor.Shape}, which must be [modules, inputs, outputs].");
        }
        Tensor = tensor;
        FirstInput = firstInput;
        Inputs = inputs;
    }

    /// <summary><c>[modules, all inputs, outputs]</c>.</summary>
    public Tensor Tensor { get; }

    /// <summary>The first input row of the range.</summary>
    public int FirstInput { get; }

    /// <summary>The number of input rows of the range.</summary>
    public int Inputs { get; }

    /// <summary>The number of modules.</summary>
    public int Modules => Tensor.Shape[0];

    /// <summary>The number of outputs of a module.</summary>
    public int Outputs => Tensor.Shape[2];

    /// <summary>All inputs of every module.</summary>
    public static ModuleWeights Of(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return new ModuleWeights(tensor, 0, tensor.Shape.Rank == 3 ? tensor.Shape[1] : 0);
    }

    /// <summary>The same rows of another tensor of the same shape, such as the gradient.</summary>
    public ModuleWeights In(Tensor tensor) => new(tensor, FirstInput, Inputs);

    /// <summary>One module's matrix, <c>[inputs, outputs]</c>.</summary>
    public Matrix this[int module] =>
        new(Tensor, ((module * Tensor.Shape[1]) + FirstInput) * Outputs, Inputs, Outputs, Outputs);
}
