namespace ModularNetworks.Engine;

public abstract partial class Kernels
{
    /// <summary>
    /// Applies to every row its picked modules' linear maps:
    /// <c>output[r * K + k] = input[r] x weight[m] + bias[m]</c> with m the module of pick (r, k).
    /// One product per used module; modules that nobody picked cost nothing.
    /// </summary>
    /// <param name="groups">The picks, sorted by module.</param>
    /// <param name="input"><c>[rows, inputs]</c>.</param>
    /// <param name="weight">The modules' matrices, <c>[inputs, outputs]</c> each.</param>
    /// <param name="bias"><c>[modules, outputs]</c>, or null for none.</param>
    /// <param name="output"><c>[rows * K, outputs]</c>, overwritten.</param>
    public abstract void GroupedProduct(
        RowGroups groups, Matrix input, MatrixStack weight, Tensor? bias, Matrix output);

    /// <summary>
    /// Passes gradients of <see cref="GroupedProduct"/> to its input:
    /// <c>inputGradient[r] += sum_k outputGradient[r * K + k] x weight[m]^T</c>.
    /// </summary>
    /// <param name="groups">The picks, sorted by module.</param>
    /// <param name="outputGradient"><c>[rows * K, outputs]</c>.</param>
    /// <param name="weight">The modules' matrices, <c>[inputs, outputs]</c> each.</param>
    /// <param name="inputGradient"><c>[rows, inputs]</c>, added to.</param>
    public abstract void GroupedProductInputGradient(
        RowGroups groups, Matrix outputGradient, MatrixStack weight, Matrix inputGradient);

    /// <summary>
    /// Passes gradients of <see cref="GroupedProduct"/> to the used modules' weights and biases. The gradients of
    /// unused modules are not touched.
    /// </summary>
    /// <param name="groups">The picks, sorted by module.</param>
    /// <param name="input"><c>[rows, inputs]</c>.</param>
    /// <param name="outputGradient"><c>[rows * K, outputs]</c>.</param>
    /// <param name="weightGradient">The modules' gradient matrices, <c>[inputs, outputs]</c> each, added to.</param>
    /// <param name="biasGradient"><c>[modules, outputs]</c>, added to, or null for none.</param>
    public abstract void GroupedProductWeightGradient(
        RowGroups groups, Matrix input, Matrix outputGradient, MatrixStack weightGradient, Tensor? biasGradient);
}
