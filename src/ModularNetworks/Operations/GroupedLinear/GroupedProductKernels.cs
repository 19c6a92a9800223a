using System.Numerics;
using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>Products of rows with the matrices of the modules picked for them. Modules that nobody picked cost nothing.</summary>
internal static class GroupedProductKernels
{
    /// <summary>
    /// Applies to every row its picked modules' linear maps:
    /// <c>output[r * K + k] = input[r] x weight[m] + bias[m]</c> with m the module of pick (r, k).
    /// </summary>
    /// <param name="kernels">The kernels that do the work.</param>
    /// <param name="groups">The picks, sorted by module.</param>
    /// <param name="input"><c>[rows, inputs]</c>.</param>
    /// <param name="weight">The modules' matrices, <c>[inputs, outputs]</c> each.</param>
    /// <param name="bias"><c>[modules, outputs]</c>, or null for none.</param>
    /// <param name="output"><c>[rows * K, outputs]</c>, overwritten.</param>
    public static void GroupedProduct(
        this Kernels kernels, RowGroups groups, Matrix input, MatrixStack weight, Tensor? bias, Matrix output) =>
        kernels.Run(new GroupedProductKernel(groups, input, weight, bias, output));

    /// <summary>
    /// Passes gradients of <see cref="GroupedProduct"/> to its input:
    /// <c>inputGradient[r] += sum_k outputGradient[r * K + k] x weight[m]^T</c>.
    /// </summary>
    /// <param name="kernels">The kernels that do the work.</param>
    /// <param name="groups">The picks, sorted by module.</param>
    /// <param name="outputGradient"><c>[rows * K, outputs]</c>.</param>
    /// <param name="weight">The modules' matrices, <c>[inputs, outputs]</c> each.</param>
    /// <param name="inputGradient"><c>[rows, inputs]</c>, added to.</param>
    public static void GroupedProductInputGradient(
        this Kernels kernels, RowGroups groups, Matrix outputGradient, MatrixStack weight, Matrix inputGradient) =>
        kernels.Run(new GroupedProductInputGradientKernel(groups, outputGradient, weight, inputGradient));

    /// <summary>
    /// Passes gradients of <see cref="GroupedProduct"/> to the used modules' weights and biases. The gradients of unused
    /// modules are not touched.
    /// </summary>
    /// <param name="kernels">The kernels that do the work.</param>
    /// <param name="groups">The picks, sorted by module.</param>
    /// <param name="input"><c>[rows, inputs]</c>.</param>
    /// <param name="outputGradient"><c>[rows * K, outputs]</c>.</param>
    /// <param name="weightGradient">The modules' gradient matrices, <c>[inputs, outputs]</c> each, added to.</param>
    /// <param name="biasGradient"><c>[modules, outputs]</c>, added to, or null for none.</param>
    /// <param name="inRowOrder">
    /// Whether a module's picks are added one after the other, in single steps, so that the bits of its gradient depend on no other module's
    /// picks; else those of a module that many rows picked may be added in parts.
    /// </param>
    public static void GroupedProductWeightGradient(
        this Kernels kernels,
        RowGroups groups,
        Matrix input,
        Matrix outputGradient,
        MatrixStack weightGradient,
        Tensor? biasGradient,
        bool inRowOrder = false) =>
        kernels.Run(new GroupedProductWeightGradientKernel(groups, input, outputGradient, weightGradient, biasGradient, inRowOrder));
}

internal readonly struct GroupedProductKernel(
    RowGroups groups, Matrix input, MatrixStack weight, Tensor? bias, Matrix output) : IKernel
{
    public void RunPlain<T>(Kernels kernels)
        where T : unmanaged, IFloatingPointIeee754<T> => PlainGroupedProduct.Run<T>(groups, input, weight, bias, output);

    public void RunVectors<TWidth, TVector>(Kernels kernels)
        where TWidth : IWidth<TVector>
        where TVector : unmanaged =>
        SimdGroupedProduct<TWidth, TVector>.Run(kernels, groups, input, weight, bias, output);
}

internal readonly struct GroupedProductInputGradientKernel(
    RowGroups groups, Matrix outputGradient, MatrixStack weight, Matrix inputGradient) : IKernel
{
    public void RunPlain<T>(Kernels kernels)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        PlainGroupedProduct.RunInputGradient<T>(groups, outputGradient, weight, inputGradient);

    public void RunVectors<TWidth, TVector>(Kernels kernels)
        where TWidth : IWidth<TVector>
        where TVector : unmanaged =>
        SimdGroupedProduct<TWidth, TVector>.RunInputGradient(kernels, groups, outputGradient, weight, inputGradient);
}

internal readonly struct GroupedProductWeightGradientKernel(
    RowGroups groups, Matrix input, Matrix outputGradient, MatrixStack weightGradient, Tensor? biasGradient, bool inRowOrder) : IKernel
{
    public void RunPlain<T>(Kernels kernels)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        PlainGroupedProduct.RunWeightGradient<T>(groups, input, outputGradient, weightGradient, biasGradient);

    public void RunVectors<TWidth, TVector>(Kernels kernels)
        where TWidth : IWidth<TVector>
        where TVector : unmanaged =>
        SimdGroupedWeightGradient<TWidth, TVector>.Run(
            kernels, groups, input, outputGradient, weightGradient, biasGradient, inRowOrder);
}
