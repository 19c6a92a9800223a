using System.Numerics;
using ModularNetworks.Engine;

namespace ModularNetworks.Attack;

/// <summary>Arithmetic that does nothing, for members that take some.</summary>
public readonly struct NoKernel : IKernel, IBlockKernel
{
    public void Run(int block, int worker)
    {
    }

    public void RunPlain<T>(Kernels kernels)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
    }

    public void RunVectors<TWidth, TVector>(Kernels kernels)
        where TWidth : IWidth<TVector>
        where TVector : unmanaged
    {
    }
}

/// <summary>An operation that passes no gradient on.</summary>
public sealed class NoOperation : Operation
{
    protected override void Backward(Tape tape)
    {
    }
}
