namespace ModularNetworks.Engine;

public sealed partial class PlainKernels<T>
{
    /// <inheritdoc/>
    public override void GroupedProduct(
        RowGroups groups, Matrix input, MatrixStack weight, Tensor? bias, Matrix output)
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
                    T sum = bias is null ? T.Zero : At(Matrix.Of(bias), module, column);
                    for (int inner = 0; inner < weight.Inputs; inner++)
                        sum += At(input, pick / groups.PicksPerRow, inner) * At(matrix, inner, column);
                    At(output, pick, column) = sum;
                }
            }
        }
    }

    /// <inheritdoc/>
    public override void GroupedProductInputGradient(
        RowGroups groups, Matrix outputGradient, MatrixStack weight, Matrix inputGradient)
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
                        sum += At(outputGradient, pick, column) * At(matrix, inner, column);
                    At(inputGradient, pick / groups.PicksPerRow, inner) += sum;
                }
            }
        }
    }

    /// <inheritdoc/>
    public override void GroupedProductWeightGradient(
        RowGroups groups, Matrix input, Matrix outputGradient, MatrixStack weightGradient, Tensor? biasGradient)
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
                    T gradient = At(outputGradient, pick, column);
                    for (int inner = 0; inner < weightGradient.Inputs; inner++)
                        At(matrix, inner, column) += At(input, pick / groups.PicksPerRow, inner) * gradient;
                    if (biasGradient is not null)
                        At(Matrix.Of(biasGradient), module, column) += gradient;
                }
            }
        }
    }
}
