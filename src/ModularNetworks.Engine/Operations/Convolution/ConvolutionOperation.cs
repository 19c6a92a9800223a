namespace ModularNetworks.Engine;

internal sealed class ConvolutionOperation : Operation
{
    private ConvolutionArguments _arguments;
    private Tensor _sums = null!;

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
                $"Convolution: weight has shape {weight}; its last axis must be the {Counted.Of(patches.Size, "number")} of a patch, "
                + $"{patches.Image.Channels} channels times a window of {patches.Window.Size}x{patches.Window.Size}.");
        }
        if (bias is { } given && given != weight.WithoutLast())
        {
            throw new ShapeException(
                $"Convolution: bias has shape {given}, weight {weight}; the bias must be {weight.WithoutLast()}, a number for "
                + "each filter.");
        }
        return new Shape(selection[0], selection[1], patches.Output(weight[-2]).Count);
    }

    public static Tensor Run(
        Tape tape,
        Tensor input,
        ImagePatches patches,
        IndexTensor selection,
        Tensor weight,
        Tensor? bias,
        bool rectify,
        bool isPicked)
    {
        var shape = OutputShape(input.Shape, patches, selection.Shape, weight.Shape, bias?.Shape);
        var groups = RowGroups.Sort(tape, selection, weight.Shape.Rank == 2 ? 1 : weight.Shape[0]);
        var arguments = new ConvolutionArguments(patches, input, groups, weight, bias, rectify);
        var output = tape.Rent(isPicked ? shape : new Shape(shape[0], shape[2]));
        tape.Kernels.Convolution(arguments, output);
        Record(tape, arguments, output, output);
        return output;
    }

    public static Tensor RunMeans(
        Tape tape, Tensor input, ImagePatches patches, Tensor weight, Tensor? bias, bool rectify)
    {
        var selection = PickOnlyKey(tape, input);
        var shape = OutputShape(input.Shape, patches, selection.Shape, weight.Shape, bias?.Shape);
        var groups = RowGroups.Sort(tape, selection, 1);
        var arguments = new ConvolutionArguments(patches, input, groups, weight, bias, rectify, Averages: true);
        // Gradients ask which outputs were rectified.
        var output = IsTracked(tape, arguments) ? tape.Rent(shape) : null;
        var means = tape.Rent(new Shape(shape[0], weight.Shape[0]));
        tape.Kernels.ConvolutionMeans(arguments, output, means);
        Record(tape, arguments, output, means);
        return means;
    }

    /// <summary>The picks of rows that all pick the only key.</summary>
    public static IndexTensor PickOnlyKey(Tape tape, Tensor input)
    {
        var selection = tape.RentIndices(new Shape(input.Shape.Rank == 0 ? 1 : input.Shape[0], 1));
        selection.Values.Clear();
        return selection;
    }

    private static bool IsTracked(Tape tape, in ConvolutionArguments arguments) =>
        tape.Tracks(arguments.Input) || tape.Tracks(arguments.Weight) || (arguments.Bias is { } bias && tape.Tracks(bias));

    private static void Record(Tape tape, in ConvolutionArguments arguments, Tensor? sums, Tensor output)
    {
        if (!IsTracked(tape, arguments))
            return;
        var operation = tape.Record<ConvolutionOperation>(output);
        (operation._arguments, operation._sums) = (arguments, sums!);
    }

    protected internal override void Backward(Tape tape)
    {
        var (gradient, bias) = (Output.Gradient!, _arguments.Bias);
        if (_arguments.Input.TracksGradient)
            tape.Kernels.ConvolutionInputGradient(_arguments, _sums, gradient, tape.GradientOf(_arguments.Input));
        bool tracksBias = bias is { TracksGradient: true };
        if (_arguments.Weight.TracksGradient || tracksBias)
        {
            // Nobody reads the gradient of weights that are held fixed.
            var weightGradient = _arguments.Weight.TracksGradient
                ? tape.GradientOf(_arguments.Weight, _arguments.Groups)
                : tape.Rent(_arguments.Weight.Shape);
            var biasGradient = tracksBias ? tape.GradientOf(bias!, _arguments.Groups) : null;
            tape.Kernels.ConvolutionWeightGradient(_arguments, _sums, gradient, weightGradient, biasGradient);
        }
    }
}
