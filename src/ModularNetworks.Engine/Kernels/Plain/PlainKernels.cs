using System.Numerics;

namespace ModularNetworks.Engine;

/// <summary>
/// The kernels as plain loops, in any precision: the definition that the fast ones are checked against, and the
/// arithmetic that gradients are checked in.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed partial class PlainKernels<T>(WorkerPool workers) : Kernels(workers)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override Precision Precision => Tensor.PrecisionOf<T>();

    /// <inheritdoc/>
    public override string InstructionSet => "Plain";

    /// <inheritdoc/>
    public override void Fill(Tensor tensor, double value)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        tensor.As<T>().Fill(T.CreateChecked(value));
    }

    private static ref T At(Matrix matrix, int row, int column) =>
        ref matrix.Tensor.As<T>()[matrix.Offset + (row * matrix.Stride) + column];
}
