using System.Numerics;

namespace ModularNetworks.Engine;

/// <summary>An operation whose gradients are written once for both precisions.</summary>
internal abstract class GenericOperation : Operation
{
    /// <summary>Adds to the gradients of the inputs in the tape's precision.</summary>
    protected internal sealed override void Backward(Tape tape)
    {
        if (tape.Precision == Precision.Single)
            Backward<float>(tape);
        else
            Backward<double>(tape);
    }

    /// <summary>Reads the gradient of the output and adds to the gradients of the inputs that track one.</summary>
    /// <typeparam name="T">The tape's precision.</typeparam>
    protected abstract void Backward<T>(Tape tape)
        where T : unmanaged, IFloatingPointIeee754<T>;
}
