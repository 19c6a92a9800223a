using System.Numerics;

namespace ModularNetworks.Engine;

public static partial class PoolingOperations
{
    /// <summary>The mean of every channel at each position of a window; padding does not count.</summary>
    /// <param name="tape">Records the operation.</param>
    /// <param name="input"><c>[rows, channels * height * width]</c>, images.</param>
    /// <param name="patches">The size of the images, and the window.</param>
    /// <returns><c>[rows, channels * positions]</c>.</returns>
    /// <exception cref="ShapeException">The images have another size, or the padding is as large as the window.</exception>
    public static Tensor AveragePool(this Tape tape, Tensor input, ImagePatches patches) =>
        AveragePoolOperation.Run(tape, input, patches);
}

internal sealed class AveragePoolOperation : GenericOperation
{
    private Tensor _input = null!;
    private ImagePatches _patches;

    public static Tensor Run(Tape tape, Tensor input, ImagePatches patches)
    {
        var output = tape.Rent(PooledShape.Of("AveragePool", input.Shape, patches));
        if (tape.Precision == Precision.Single)
            Forward<float>(input, patches, output);
        else
            Forward<double>(input, patches, output);
        if (tape.Tracks(input))
        {
            var operation = tape.Record<AveragePoolOperation>(output);
            operation._input = input;
            operation._patches = patches;
        }
        return output;
    }

    private static void Forward<T>(Tensor input, in ImagePatches patches, Tensor output)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var numbers = input.As<T>();
        var means = output.As<T>();
        int planes = means.Length / patches.Positions;
        for (int position = 0; position < patches.Positions; position++)
        {
            var (top, bottom, left, right) = patches.Clip(position);
            T share = T.One / T.CreateChecked((bottom - top) * (right - left));
            for (int plane = 0; plane < planes; plane++)
            {
                T sum = T.Zero;
                for (int y = top; y < bottom; y++)
                {
                    int row = (plane * patches.Image.Places) + (y * patches.Image.Width);
                    for (int place = row + left; place < row + right; place++)
                        sum += numbers[place];
                }
                means[(plane * patches.Positions) + position] = sum * share;
            }
        }
    }

    protected override void Backward<T>(Tape tape)
    {
        var gradient = Output.Gradient!.As<T>();
        var target = tape.GradientOf(_input).As<T>();
        int planes = gradient.Length / _patches.Positions;
        for (int position = 0; position < _patches.Positions; position++)
        {
            var (top, bottom, left, right) = _patches.Clip(position);
            T share = T.One / T.CreateChecked((bottom - top) * (right - left));
            for (int plane = 0; plane < planes; plane++)
            {
                T added = gradient[(plane * _patches.Positions) + position] * share;
                for (int y = top; y < bottom; y++)
                {
                    int row = (plane * _patches.Image.Places) + (y * _patches.Image.Width);
                    foreach (ref T number in target[(row + left)..(row + right)])
                        number += added;
                }
            }
        }
    }
}
