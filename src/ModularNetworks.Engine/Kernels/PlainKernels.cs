using System.Numerics;

namespace ModularNetworks.Engine;

/// <summary>
/// The kernels as plain loops, in any precision: the definition that the fast ones are checked against, and the
/// arithmetic that gradients are checked in.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class PlainKernels<T>(WorkerPool workers)
    : Kernels(workers, Tensor.PrecisionOf<T>() == Precision.Single ? new Arithmetic.PlainSingle() : new Arithmetic.PlainDouble())
    where T : unmanaged, IFloatingPointIeee754<T>;
