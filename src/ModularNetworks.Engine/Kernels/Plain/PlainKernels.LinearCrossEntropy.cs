namespace ModularNetworks.Engine;

public sealed partial class PlainKernels<T>
{
    /// <inheritdoc/>
    public override void LinearCrossEntropy(
        Matrix hidden, Matrix weight, Tensor bias, IndexTensor targets, Tensor losses)
    {
        for (int row = 0; row < hidden.Rows; row++)
        {
            var (maximum, sum) = SumOfExponentials(hidden, weight, bias, row);
            losses.As<T>()[row] = T.Log(sum) + maximum - Logit(hidden, weight, bias, row, targets.Values[row]);
        }
    }

    /// <inheritdoc/>
    public override void LinearCrossEntropyGradients(
        Matrix hidden,
        Matrix weight,
        Tensor bias,
        IndexTensor targets,
        Tensor? rowWeights,
        Tensor losses,
        Matrix hiddenGradient,
        Matrix weightGradient,
        Tensor biasGradient)
    {
        LinearCrossEntropy(hidden, weight, bias, targets, losses);
        Clear(hiddenGradient);
        Clear(weightGradient);
        biasGradient.As<T>().Clear();
        for (int row = 0; row < hidden.Rows; row++)
        {
            T rowWeight = rowWeights is null ? T.One : rowWeights.As<T>()[row];
            var (maximum, sum) = SumOfExponentials(hidden, weight, bias, row);
            for (int c = 0; c < weight.Columns; c++)
            {
                T probability = T.Exp(Logit(hidden, weight, bias, row, c) - maximum) / sum;
                T logitGradient = rowWeight * (c == targets.Values[row] ? probability - T.One : probability);
                biasGradient.As<T>()[c] += logitGradient;
                for (int f = 0; f < weight.Rows; f++)
                {
                    At(hiddenGradient, row, f) += logitGradient * At(weight, f, c);
                    At(weightGradient, f, c) += logitGradient * At(hidden, row, f);
                }
            }
        }
    }

    /// <summary>The largest logit of a row, and the sum over classes of <c>exp(logit - largest)</c>.</summary>
    private static (T Maximum, T Sum) SumOfExponentials(Matrix hidden, Matrix weight, Tensor bias, int row)
    {
        T maximum = T.NegativeInfinity;
        for (int c = 0; c < weight.Columns; c++)
            maximum = T.Max(maximum, Logit(hidden, weight, bias, row, c));
        T sum = T.Zero;
        for (int c = 0; c < weight.Columns; c++)
            sum += T.Exp(Logit(hidden, weight, bias, row, c) - maximum);
        return (maximum, sum);
    }

    private static T Logit(Matrix hidden, Matrix weight, Tensor bias, int row, int c)
    {
        T logit = bias.As<T>()[c];
        for (int f = 0; f < weight.Rows; f++)
            logit += At(hidden, row, f) * At(weight, f, c);
        return logit;
    }

    private static void Clear(Matrix matrix)
    {
        for (int row = 0; row < matrix.Rows; row++)
            matrix.Tensor.As<T>().Slice(matrix.Offset + (row * matrix.Stride), matrix.Columns).Clear();
    }
}
