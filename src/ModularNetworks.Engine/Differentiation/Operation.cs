namespace ModularNetworks.Engine;

/// <summary>
/// One differentiable operation as it was run: what it needs to pass gradients from its output to its inputs. Tapes keep
/// and reuse these objects, so a subclass has a constructor without parameters and sets its fields at every run.
/// </summary>
public abstract class Operation
{
    /// <summary>The result of the operation. Set by <see cref="Tape.Record"/>.</summary>
    public Tensor Output { get; internal set; } = null!;

    /// <summary>
    /// Reads the gradient of <see cref="Output"/> and adds to the gradients of the inputs that track one
    /// (<see cref="Tape.GradientOf(Tensor)"/>).
    /// </summary>
    protected internal abstract void Backward(Tape tape);
}
