using System.Numerics;
using System.Numerics.Tensors;

namespace ModularNetworks.Engine;

internal sealed class LinearCrossEntropyOperation : GenericOperation
{
    private Tensor _hidden = null!;
    private Tensor _weight = null!;
    private Tensor _bias = null!;
    private IndexTensor _targets = null!;

    // Of the sum of the losses: what a mean or a sum needs, made in the pass that makes the losses.
    private Gradients _gradients;

    public static Shape OutputShape(Shape hidden, Shape weight, Shape bias, Shape targets)
    {
        if (hidden.Rank != 2 || weight.Rank != 2 || hidden[1] != weight[0])
        {
            throw new ShapeException(
                $"LinearCrossEntropy: hidden has shape {hidden}, weight {weight}; both need two axes, and the last size of "
                + "hidden must be the first of weight. Check the classifier's input size.");
        }
        if (bias.Rank != 1 || bias[0] != weight[1])
        {
            throw new ShapeException(
                $"LinearCrossEntropy: weight has shape {weight}, bias {bias}; the bias needs one number for each of the "
                + $"{Counted.Of(weight[1], "class", "classes")}. Check the classifier's output size.");
        }
        if (targets.Rank != 1 || targets[0] != hidden[0])
        {
            throw new ShapeException(
                $"LinearCrossEntropy: hidden has shape {hidden}, targets {targets}; each of the {hidden[0]} rows needs one "
                + "target. Flatten the targets.");
        }
        return targets;
    }

    public static Tensor Run(Tape tape, Tensor hidden, Tensor weight, Tensor bias, IndexTensor targets)
    {
        var losses = tape.Rent(OutputShape(hidden.Shape, weight.Shape, bias.Shape, targets.Shape));
        IndexRange.Require("LinearCrossEntropy", "target", targets.Values, weight.Shape[1]);
        if (!tape.Tracks(hidden) && !tape.Tracks(weight) && !tape.Tracks(bias))
        {
            tape.Kernels.LinearCrossEntropy(Matrix.Of(hidden), Matrix.Of(weight), bias, targets, losses);
            return losses;
        }
        var operation = tape.Record<LinearCrossEntropyOperation>(losses);
        operation._hidden = hidden;
        operation._weight = weight;
        operation._bias = bias;
        operation._targets = tape.Keep(targets);
        operation._gradients = operation.Compute(tape, rowWeights: null, losses);
        return losses;
    }

    protected override void Backward<T>(Tape tape)
    {
        ReadOnlySpan<T> upstream = Output.Gradient!.As<T>();
        if (upstream.IsEmpty)
            return;
        if (upstream.ContainsAnyExcept(upstream[0]))
        {
            var gradients = Compute(tape, Output.Gradient, tape.Rent(Output.Shape));
            Add(tape, gradients, T.One);
        }
        else
        {
            Add(tape, _gradients, upstream[0]);
        }
    }

    private Gradients Compute(Tape tape, Tensor? rowWeights, Tensor losses)
    {
        var gradients = new Gradients(tape.Rent(_hidden.Shape), tape.Rent(_weight.Shape), tape.Rent(_bias.Shape));
        tape.Kernels.LinearCrossEntropyGradients(new LinearCrossEntropyArguments(
            Matrix.Of(_hidden), Matrix.Of(_weight), _bias, _targets, rowWeights,
            losses, Matrix.Of(gradients.Hidden), Matrix.Of(gradients.Weight), gradients.Bias));
        return gradients;
    }

    private void Add<T>(Tape tape, Gradients gradients, T scale)
        where T : unmanaged, INumber<T>
    {
        Add(tape, gradients.Hidden, scale, _hidden);
        Add(tape, gradients.Weight, scale, _weight);
        Add(tape, gradients.Bias, scale, _bias);
    }

    private static void Add<T>(Tape tape, Tensor gradient, T scale, Tensor input)
        where T : unmanaged, INumber<T>
    {
        if (!input.TracksGradient)
            return;
        var target = tape.GradientOf(input).As<T>();
        TensorPrimitives.MultiplyAdd(gradient.As<T>(), scale, target, target);
    }

    private readonly record struct Gradients(Tensor Hidden, Tensor Weight, Tensor Bias);
}
