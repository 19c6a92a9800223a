using System.Numerics;

namespace ModularNetworks.Engine;

/// <summary>Convolutions in plain loops: the definition.</summary>
internal static class PlainConvolution
{
    public static void Run<T>(in ConvolutionArguments convolution, Tensor output)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (input, weight, sums) = (convolution.Input, convolution.Weight, output);
        foreach (var (filter, first) in Outputs(convolution))
        {
            T start = convolution.Bias is { } bias ? bias.As<T>()[filter] : T.Zero;
            sums.As<T>().Slice(first, convolution.Patches.Positions).Fill(start);
        }
        foreach (var (number, factor, sum) in Products(convolution))
            sums.As<T>()[sum] += input.As<T>()[number] * weight.As<T>()[factor];
        if (!convolution.Rectifies)
            return;
        foreach (ref T sum in sums.As<T>())
            sum = sum < T.Zero ? T.Zero : sum;
    }

    public static void Means<T>(in ConvolutionArguments convolution, Tensor? output, Tensor means)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int positions = convolution.Patches.Positions;
        var sums = output ?? Tensor.Allocate(new Shape(means.Shape.Count * positions), means.Precision);
        Run<T>(convolution, sums);
        for (int i = 0; i < means.Shape.Count; i++)
        {
            T sum = T.Zero;
            foreach (T number in sums.As<T>().Slice(i * positions, positions))
                sum += number;
            means.As<T>()[i] = sum / T.CreateChecked(positions);
        }
    }

    public static void InputGradient<T>(
        in ConvolutionArguments convolution, Tensor output, Tensor outputGradient, Tensor inputGradient)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var weight = convolution.Weight;
        foreach (var (number, factor, sum) in Products(convolution))
            inputGradient.As<T>()[number] += Passed<T>(convolution, output, outputGradient, sum) * weight.As<T>()[factor];
    }

    public static void WeightGradient<T>(
        in ConvolutionArguments convolution, Tensor output, Tensor outputGradient, Tensor weightGradient, Tensor? biasGradient)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var input = convolution.Input;
        foreach (var (number, factor, sum) in Products(convolution))
            weightGradient.As<T>()[factor] += Passed<T>(convolution, output, outputGradient, sum) * input.As<T>()[number];
        if (biasGradient is null)
            return;
        foreach (var (filter, first) in Outputs(convolution))
        {
            for (int position = 0; position < convolution.Patches.Positions; position++)
                biasGradient.As<T>()[filter] += Passed<T>(convolution, output, outputGradient, first + position);
        }
    }

    /// <summary>The gradient of a sum, before it was rectified.</summary>
    private static T Passed<T>(ConvolutionArguments convolution, Tensor output, Tensor outputGradient, int sum)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (convolution.Rectifies && output.As<T>()[sum] <= T.Zero)
            return T.Zero;
        int positions = convolution.Patches.Positions;
        return convolution.Averages
            ? outputGradient.As<T>()[sum / positions] / T.CreateChecked(positions)
            : outputGradient.As<T>()[sum];
    }

    /// <summary>The picked filters, each with the place of the first number that it gives.</summary>
    private static IEnumerable<(int Filter, int First)> Outputs(ConvolutionArguments convolution)
    {
        for (int pick = 0; pick < convolution.Selection.Shape.Count; pick++)
        {
            for (int o = 0; o < convolution.Outputs; o++)
            {
                int filter = (convolution.Selection.Values[pick] * convolution.Outputs) + o;
                yield return (filter, ((pick * convolution.Outputs) + o) * convolution.Patches.Positions);
            }
        }
    }

    /// <summary>The places of all products: of a number in the input, its factor in the weight, and the sum they belong to.</summary>
    private static IEnumerable<(int Number, int Factor, int Sum)> Products(ConvolutionArguments convolution)
    {
        var patches = convolution.Patches;
        int sumsPerRow = convolution.PicksPerRow * convolution.Outputs * patches.Positions;
        foreach (var (filter, first) in Outputs(convolution))
        {
            int image = first / sumsPerRow % convolution.Images * patches.Image.Count;
            for (int position = 0; position < patches.Positions; position++)
            {
                for (int entry = 0; entry < patches.Size; entry++)
                {
                    int place = patches.PlaceOf(position, entry);
                    if (place >= 0)
                        yield return (image + place, (filter * patches.Size) + entry, first + position);
                }
            }
        }
    }
}
