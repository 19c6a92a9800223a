using System.Numerics;

namespace ModularNetworks.Engine;

/// <summary>The softmax classifier in plain loops: the definition.</summary>
internal static class PlainLinearCrossEntropy
{
    public static void Losses<T>(Matrix hidden, Matrix weight, Tensor bias, IndexTensor targets, Tensor losses)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int row = 0; row < hidden.Rows; row++)
        {
            var (maximum, sum) = SumOfExponentials<T>(hidden, weight, bias, row);
            losses.As<T>()[row] = T.Log(sum) + maximum - Logit<T>(hidden, weight, bias, row, targets.Values[row]);
        }
    }

    public static void Gradients<T>(in LinearCrossEntropyArguments arguments)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (hidden, weight, bias, targets, rowWeights, losses, hiddenGradient, weightGradient, biasGradient) = arguments;
        Losses<T>(hidden, weight, bias, targets, losses);
        Clear<T>(hiddenGradient);
        Clear<T>(weightGradient);
        biasGradient.As<T>().Clear();
        for (int row = 0; row < hidden.Rows; row++)
        {
            T rowWeight = rowWeights is null ? T.One : rowWeights.As<T>()[row];
            var (maximum, sum) = SumOfExponentials<T>(hidden, weight, bias, row);
            for (int c = 0; c < weight.Columns; c++)
            {
                T probability = T.Exp(Logit<T>(hidden, weight, bias, row, c) - maximum) / sum;
                T logitGradient = rowWeight * (c == targets.Values[row] ? probability - T.One : probability);
                biasGradient.As<T>()[c] += logitGradient;
                for (int f = 0; f < weight.Rows; f++)
                {
                    hiddenGradient.At<T>(row, f) += logitGradient * weight.At<T>(f, c);
                    weightGradient.At<T>(f, c) += logitGradient * hidden.At<T>(row, f);
                }
            }
        }
    }

    /// <summary>The largest logit of a row, and the sum over classes of <c>exp(logit - largest)</c>.</summary>
    private static (T Maximum, T Sum) SumOfExponentials<T>(Matrix hidden, Matrix weight, Tensor bias, int row)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T maximum = T.NegativeInfinity;
        for (int c = 0; c < weight.Columns; c++)
            maximum = T.Max(maximum, Logit<T>(hidden, weight, bias, row, c));
        T sum = T.Zero;
        for (int c = 0; c < weight.Columns; c++)
            sum += T.Exp(Logit<T>(hidden, weight, bias, row, c) - maximum);
        return (maximum, sum);
    }

    private static T Logit<T>(Matrix hidden, Matrix weight, Tensor bias, int row, int c)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T logit = bias.As<T>()[c];
        for (int f = 0; f < weight.Rows; f++)
            logit += hidden.At<T>(row, f) * weight.At<T>(f, c);
        return logit;
    }

    private static void Clear<T>(Matrix matrix)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int row = 0; row < matrix.Rows; row++)
            matrix.Tensor.As<T>().Slice(matrix.Offset + (row * matrix.Stride), matrix.Columns).Clear();
    }
}
