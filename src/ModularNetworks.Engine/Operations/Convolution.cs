namespace ModularNetworks.Engine;

public static partial class TapeOperations
{
    /// <summary>
    /// Applies filters at every position of a window:
    /// <c>output[row, o, position] = bias[o] + sum_e weight[o, e] * patch[row, position, e]</c>.
    /// </summary>
    /// <param name="tape">Records the operation.</param>
    /// <param name="input"><c>[rows, channels * height * width]</c>, images.</param>
    /// <param name="patches">The size of the images, and the window.</param>
    /// <param name="weight"><c>[outputs, channels * window * window]</c>, in the order channel, row, column.</param>
    /// <param name="bias"><c>[outputs]</c>, or null for none.</param>
    /// <param name="rectify">Whether to take the positive part of the output, which costs nothing here.</param>
    /// <returns><c>[rows, outputs * positions]</c>: images with a channel for each filter.</returns>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    public static Tensor Convolution(
        this Tape tape, Tensor input, ImagePatches patches, Tensor weight, Tensor? bias, bool rectify = false)
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(input);
        var selection = tape.RentIndices(new Shape(input.Shape.Rank == 0 ? 1 : input.Shape[0], 1));
        selection.Values.Clear();
        return ConvolutionOperation.Run(tape, input, patches, selection, weight, bias, rectify, isGrouped: false);
    }

    /// <summary>
    /// Applies to every row's image the filters of the modules picked for it. A module picked twice by one row is applied, and
    /// learns, twice. The cost follows the number of picks, not the number of modules.
    /// </summary>
    /// <param name="tape">Records the operation.</param>
    /// <param name="input">
    /// <c>[images, channels * height * width]</c>; row r of the selection reads image <c>r % images</c>, so that candidates
    /// for the same datapoint need no copies of its image.
    /// </param>
    /// <param name="patches">The size of the images, and the window.</param>
    /// <param name="selection"><c>[rows, K]</c>, the picked modules; must not change before the backward pass.</param>
    /// <param name="weight">
    /// <c>[modules, outputs, channels * window * window]</c>, a filter's numbers in the order channel, row, column.
    /// </param>
    /// <param name="bias"><c>[modules, outputs]</c>, or null for none.</param>
    /// <param name="rectify">Whether to take the positive part of the output, which costs nothing here.</param>
    /// <returns><c>[rows, K, outputs * positions]</c>.</returns>
    /// <exception cref="ShapeException">The shapes do not fit, or a selected module does not exist.</exception>
    public static Tensor GroupedConvolution(
        this Tape tape,
        Tensor input,
        ImagePatches patches,
        IndexTensor selection,
        Tensor weight,
        Tensor? bias,
        bool rectify = false)
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(selection);
        return ConvolutionOperation.Run(tape, input, patches, selection, weight, bias, rectify, isGrouped: true);
    }
}

internal sealed class ConvolutionOperation : Operation
{
    private ConvolutionArguments _arguments;

    public static Shape OutputShape(Shape input, in ImagePatches patches, Shape selection, Shape weight, Shape? bias)
    {
        patches.Image.RequireRows("Convolution", input);
        if (selection.Rank != 2 || (input[0] == 0 ? selection[0] != 0 : selection[0] % input[0] != 0))
        {
            throw new ShapeException(
                $"Convolution: the selection has shape {selection}; it must be [rows, K] with a multiple of the {input[0]} "
                + "images as rows.");
        }
        if (weight.Rank is not (2 or 3) || weight.Last != patches.Size)
        {
            throw new ShapeException(
                $"Convolution: weight has shape {weight}; its last axis must be the {patches.Size} numbers of a patch, "
                + $"{patches.Image.Channels} channels times a window of {patches.Window.Size}x{patches.Window.Size}.");
        }
        if (bias is { } given && given != weight.WithoutLast())
        {
            throw new ShapeException(
                $"Convolution: bias has shape {given}, weight {weight}; the bias must be {weight.WithoutLast()}, a number for "
                + "each filter.");
        }
        return new Shape(selection[0], selection[1], weight[-2] * patches.Positions);
    }

    public static Tensor Run(
        Tape tape,
        Tensor input,
        ImagePatches patches,
        IndexTensor selection,
        Tensor weight,
        Tensor? bias,
        bool rectify,
        bool isGrouped)
    {
        var shape = OutputShape(input.Shape, patches, selection.Shape, weight.Shape, bias?.Shape);
        var groups = ModuleGroups.Sort(tape, selection, weight.Shape.Rank == 2 ? 1 : weight.Shape[0]);
        var arguments = new ConvolutionArguments(patches, input, selection, groups, weight, bias, rectify);
        var output = tape.Rent(isGrouped ? shape : new Shape(shape[0], shape[2]));
        tape.Kernels.Convolution(arguments, output);
        if (tape.Tracks(input) || tape.Tracks(weight) || (bias is not null && tape.Tracks(bias)))
            tape.Record<ConvolutionOperation>(output)._arguments = arguments;
        return output;
    }

    protected internal override void Backward(Tape tape)
    {
        var (gradient, bias) = (Output.Gradient!, _arguments.Bias);
        if (_arguments.Input.TracksGradient)
            tape.Kernels.ConvolutionInputGradient(_arguments, Output, gradient, tape.GradientOf(_arguments.Input));
        bool tracksBias = bias is { TracksGradient: true };
        if (_arguments.Weight.TracksGradient || tracksBias)
        {
            // Nobody reads the gradient of weights that are held fixed.
            var weightGradient = _arguments.Weight.TracksGradient
                ? tape.GradientOf(_arguments.Weight, _arguments.Groups)
                : tape.Rent(_arguments.Weight.Shape);
            var biasGradient = tracksBias ? tape.GradientOf(bias!, _arguments.Groups) : null;
            tape.Kernels.ConvolutionWeightGradient(_arguments, Output, gradient, weightGradient, biasGradient);
        }
    }
}
