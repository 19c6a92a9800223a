using System.Numerics;

namespace ModularNetworks.Engine;

/// <summary>Operations that summarise the numbers under a window of an image, or a whole channel.</summary>
public static partial class PoolingOperations
{
    /// <summary>The largest number of every channel at each position of a window; padding does not count.</summary>
    /// <param name="tape">Records the operation.</param>
    /// <param name="input"><c>[rows, channels * height * width]</c>, images. Of equal numbers the first gets the gradient.</param>
    /// <param name="patches">The size of the images, and the window.</param>
    /// <returns><c>[rows, channels * positions]</c>.</returns>
    /// <exception cref="ShapeException">The images have another size, or the padding is as large as the window.</exception>
    public static Tensor MaxPool(this Tape tape, Tensor input, ImagePatches patches) =>
        MaxPoolOperation.Run(tape, input, patches);
}

internal sealed class MaxPoolOperation : GenericOperation
{
    private Tensor _input = null!;
    private IndexTensor _places = null!;

    public static Tensor Run(Tape tape, Tensor input, ImagePatches patches)
    {
        var output = tape.Rent(PooledShape.Of("MaxPool", input.Shape, patches));
        var places = tape.RentIndices(output.Shape);
        if (tape.Precision == Precision.Single)
            Forward<float>(input, patches, output, places);
        else
            Forward<double>(input, patches, output, places);
        if (tape.Tracks(input))
        {
            var operation = tape.Record<MaxPoolOperation>(output);
            operation._input = input;
            operation._places = places;
        }
        return output;
    }

    private static void Forward<T>(Tensor input, in ImagePatches patches, Tensor output, IndexTensor places)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var numbers = input.As<T>();
        var largest = output.As<T>();
        int planes = output.Shape.Count / patches.Positions;
        for (int position = 0; position < patches.Positions; position++)
        {
            var (top, bottom, left, right) = patches.Clip(position);
            for (int plane = 0; plane < planes; plane++)
            {
                int best = (plane * patches.Image.Places) + (top * patches.Image.Width) + left;
                for (int y = top; y < bottom; y++)
                {
                    int row = (plane * patches.Image.Places) + (y * patches.Image.Width);
                    for (int place = row + left; place < row + right; place++)
                    {
                        if (numbers[place] > numbers[best] || T.IsNaN(numbers[place]))
                            best = place;
                    }
                }
                largest[(plane * patches.Positions) + position] = numbers[best];
                places.Values[(plane * patches.Positions) + position] = best;
            }
        }
    }

    protected override void Backward<T>(Tape tape)
    {
        var gradient = Output.Gradient!.As<T>();
        var target = tape.GradientOf(_input).As<T>();
        var places = _places.Values;
        for (int i = 0; i < places.Length; i++)
            target[places[i]] += gradient[i];
    }
}
