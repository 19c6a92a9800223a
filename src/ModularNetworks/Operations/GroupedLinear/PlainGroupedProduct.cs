using System.Numerics;
using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>Grouped products and their gradients in plain loops: the definition.</summary>
internal static class PlainGroupedProduct
{
    public static void Run<T>(RowGroups groups, Matrix input, MatrixStack weight, Tensor? bias, Matrix output)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int group = 0; group < groups.Count; group++)
        {
            int module = groups.Keys.Values[group];
            var matrix = weight[module];
            for (int i = groups.Starts.Values[group]; i < groups.Starts.Values[group + 1]; i++)
            {
                int pick = groups.Picks.Values[i];
                for (int column = 0; column < weight.Outputs; column++)
                {
                    T sum = bias is null ? T.Zero : Matrix.Of(bias).At<T>(module, column);
                    for (int inner = 0; inner < weight.Inputs; inner++)
                        sum += input.At<T>(pick / groups.PicksPerRow, inner) * matrix.At<T>(inner, column);
                    output.At<T>(pick, column) = sum;
                }
            }
        }
    }

    public static void RunInputGradient<T>(
        RowGroups groups, Matrix outputGradient, MatrixStack weight, Matrix inputGradient)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int group = 0; group < groups.Count; group++)
        {
            var matrix = weight[groups.Keys.Values[group]];
            for (int i = groups.Starts.Values[group]; i < groups.Starts.Values[group + 1]; i++)
            {
                int pick = groups.Picks.Values[i];
                for (int inner = 0; inner < weight.Inputs; inner++)
                {
                    T sum = T.Zero;
                    for (int column = 0; column < weight.Outputs; column++)
                        sum += outputGradient.At<T>(pick, column) * matrix.At<T>(inner, column);
                    inputGradient.At<T>(pick / groups.PicksPerRow, inner) += sum;
                }
            }
        }
    }

    public static void RunWeightGradient<T>(
        RowGroups groups, Matrix input, Matrix outputGradient, MatrixStack weightGradient, Tensor? biasGradient)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int group = 0; group < groups.Count; group++)
        {
            int module = groups.Keys.Values[group];
            var matrix = weightGradient[module];
            for (int i = groups.Starts.Values[group]; i < groups.Starts.Values[group + 1]; i++)
            {
                int pick = groups.Picks.Values[i];
                for (int column = 0; column < weightGradient.Outputs; column++)
                {
                    T gradient = outputGradient.At<T>(pick, column);
                    for (int inner = 0; inner < weightGradient.Inputs; inner++)
                        matrix.At<T>(inner, column) += input.At<T>(pick / groups.PicksPerRow, inner) * gradient;
                    if (biasGradient is not null)
                        Matrix.Of(biasGradient).At<T>(module, column) += gradient;
                }
            }
        }
    }
}
