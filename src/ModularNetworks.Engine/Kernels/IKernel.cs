using System.Numerics;

namespace ModularNetworks.Engine;

/// <summary>
/// A piece of arithmetic with its arguments: its definition in plain loops, and the same fast over vectors of any width.
/// <see cref="Kernels.Run"/> calls the one that its kernels object stands for.
/// </summary>
/// <remarks>
/// An operation checks shapes and indices before it runs a kernel; the kernel relies on them. Make a kernel a
/// <c>readonly struct</c> whose fields are the arguments: then a call allocates nothing, and the runtime compiles it anew for
/// each precision and each width. Results must not depend on the number of threads: cut work into blocks by its size
/// alone (<see cref="Kernels.RunBlocks"/>), and add up parts in a fixed order.
/// </remarks>
public interface IKernel
{
    /// <summary>Does the work in plain loops: what the fast kernel is checked against.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>, the type of all tensors.</typeparam>
    /// <param name="kernels">The threads, and the memory that is kept between calls.</param>
    void RunPlain<T>(Kernels kernels)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>Does the work over vectors, in single precision.</summary>
    /// <typeparam name="TWidth">The instructions of the width.</typeparam>
    /// <typeparam name="TVector">The vector type.</typeparam>
    /// <param name="kernels">The threads, and the memory that is kept between calls.</param>
    void RunVectors<TWidth, TVector>(Kernels kernels)
        where TWidth : IWidth<TVector>
        where TVector : unmanaged;
}
