namespace ModularNetworks.Engine;

public sealed partial class Tape
{
    /// <summary>The tensor to add a gradient to; zero-filled when it is asked for the first time.</summary>
    public Tensor GradientOf(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        var gradient = tensor.Gradient ?? RentGradient(tensor);
        gradient.TouchedRows?.AddAll();
        gradient.TableRows?.AddAll();
        return gradient;
    }

    /// <summary>
    /// The tensor to write or add a gradient to: for operations that can do both, so that a new one need not be filled with
    /// zeros.
    /// </summary>
    /// <param name="tensor">The tensor by which the gradient differentiates.</param>
    /// <param name="isNew">Whether it is asked for the first time; its content is then unspecified.</param>
    internal Tensor GradientOf(Tensor tensor, out bool isNew)
    {
        isNew = tensor.Gradient is null;
        var gradient = tensor.Gradient ??= Rent(tensor.Shape);
        gradient.TouchedRows?.AddAll();
        gradient.TableRows?.AddAll();
        return gradient;
    }

    /// <summary>The tensor to add a gradient to that is zero for all but some entries of its first axis.</summary>
    /// <param name="tensor">A stack of parts: <c>[parts, ...]</c>.</param>
    /// <param name="groups">The groups whose keys are the parts that have a gradient.</param>
    /// <exception cref="InvalidOperationException">The groups were sorted on another tape, or before this one was reset.</exception>
    /// <exception cref="ShapeException">A key is no part of the stack.</exception>
    public Tensor GradientOf(Tensor tensor, in RowGroups groups)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        var gradient = tensor.Gradient ?? RentGradient(tensor);
        if (gradient.TouchedRows is { } touched)
        {
            groups.Require("GradientOf", this, tensor.Shape[0]);
            touched.Add(groups.Keys.Values[..groups.Count]);
        }
        gradient.TableRows?.AddAll();
        return gradient;
    }

    /// <summary>The tensor to add a gradient to that is zero for all but some rows, which are picked by number.</summary>
    /// <param name="tensor">A table, <c>[n, ...]</c>.</param>
    /// <param name="rows">The rows, numbers from 0 to n - 1.</param>
    internal Tensor GradientOfRows(Tensor tensor, ReadOnlySpan<int> rows)
    {
        var gradient = tensor.Gradient ?? RentGradient(tensor);
        gradient.TouchedRows?.AddAll();
        gradient.TableRows?.Add(rows);
        return gradient;
    }

    /// <summary>
    /// Makes an output's gradient the gradient of an input too, without a copy: for operations that pass their gradient on
    /// unchanged to one input alone.
    /// </summary>
    /// <returns>Whether it could be done: not if the input has a gradient to add to, or if the output's is the caller's.</returns>
    internal bool TryHandOver(Tensor outputGradient, Tensor input)
    {
        if (input.Gradient is not null || ReferenceEquals(outputGradient, _step.Current.GivenGradient))
            return false;
        input.Gradient = View(outputGradient, input.Shape);
        return true;
    }

    private Tensor RentGradient(Tensor tensor)
    {
        tensor.Gradient = Rent(tensor.Shape);
        Kernels.Clear(tensor.Gradient);
        return tensor.Gradient;
    }
}
