using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ModularNetworks.Engine;

/// <summary>
/// Runs kernels in one way: as plain loops in either precision (<see cref="PlainKernels{T}"/>), which says what is computed,
/// or fast over vectors of one width (<see cref="SimdKernels"/>). Threads may share one; its workers serve one of them at a time.
/// </summary>
/// <remarks>Shapes are checked by the operations that call; kernels rely on them.</remarks>
public class Kernels
{
    /// <summary>
    /// So many multiply-adds make a block of work: handing it to another thread takes about as long.
    /// </summary>
    public const long BlockWork = 1 << 17;

    private readonly Arithmetic _arithmetic;

    internal Kernels(WorkerPool workers, Arithmetic arithmetic)
    {
        ArgumentNullException.ThrowIfNull(workers);
        Workers = workers;
        _arithmetic = arithmetic;
    }

    /// <summary>The threads that share the work.</summary>
    public WorkerPool Workers { get; }

    /// <summary>The element type the kernels work on.</summary>
    public Precision Precision => _arithmetic is Arithmetic.PlainDouble ? Precision.Double : Precision.Single;

    /// <summary>
    /// The name of the instruction set in use, such as <c>Vector512</c>, for reports; <c>Plain</c> for plain loops.
    /// </summary>
    public string InstructionSet => _arithmetic switch
    {
        Arithmetic.Vector512 => Width512.Name,
        Arithmetic.Vector256 => Width256.Name,
        Arithmetic.Vector128 => Width128.Name,
        _ => "Plain",
    };

    /// <summary>Runs a kernel in this object's way.</summary>
    /// <remarks>No virtual call: the runtime compiles this method for each kernel, with one direct call for each way.</remarks>
    /// <param name="kernel">The arithmetic with its arguments, checked by the caller.</param>
    public void Run<TKernel>(in TKernel kernel)
        where TKernel : struct, IKernel
    {
        // Type checks and not patterns of a switch: the compiler ahead of time leaves out a branch whose type no object has.
        if (_arithmetic is Arithmetic.Vector512)
            RunVectors<TKernel, Width512, Vector512<float>>(kernel);
        else if (_arithmetic is Arithmetic.Vector256)
            RunVectors<TKernel, Width256, Vector256<float>>(kernel);
        else if (_arithmetic is Arithmetic.Vector128)
            RunVectors<TKernel, Width128, Vector128<float>>(kernel);
        else if (_arithmetic is Arithmetic.PlainSingle)
            RunPlain<TKernel, float>(kernel);
        else if (_arithmetic is Arithmetic.PlainDouble)
            RunPlain<TKernel, double>(kernel);
        KeepAlive(kernel);
    }

    // Compiled on its own for each width: inlined into the switch, the code of all widths would share one large frame.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void RunVectors<TKernel, TWidth, TVector>(in TKernel kernel)
        where TKernel : struct, IKernel
        where TWidth : IWidth<TVector>
        where TVector : unmanaged =>
        Unsafe.AsRef(in kernel).RunVectors<TWidth, TVector>(this); // a kernel is not changed: no copy is needed

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void RunPlain<TKernel, T>(in TKernel kernel)
        where TKernel : struct, IKernel
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Unsafe.AsRef(in kernel).RunPlain<T>(this);

    /// <summary>Runs blocks on all threads if there is enough work, and on the caller's otherwise.</summary>
    /// <param name="blockCount">The number of blocks, which must not depend on the number of threads.</param>
    /// <param name="blocks">The work.</param>
    /// <param name="work">All blocks' work, in multiply-adds.</param>
    public void RunBlocks<TBlocks>(int blockCount, in TBlocks blocks, long work)
        where TBlocks : unmanaged, IBlockKernel
    {
        if (work >= 2 * BlockWork)
        {
            Workers.Run(blockCount, blocks);
            return;
        }
        for (int block = 0; block < blockCount; block++)
            blocks.Run(block, worker: 0);
    }

    /// <summary>The number of blocks of one size that a total is cut into, the last one perhaps smaller.</summary>
    /// <param name="size">The total, at least 0.</param>
    /// <param name="blockSize">The size of a block, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is smaller.</exception>
    public static int CountBlocks(int size, int blockSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        ArgumentOutOfRangeException.ThrowIfLessThan(blockSize, 1);
        return (int)(((long)size + blockSize - 1) / blockSize);
    }

    /// <summary>
    /// The object of type <typeparamref name="T"/> that the calling thread keeps, made at its first call: a kernel's
    /// <see cref="Scratch"/> memory, so that a call allocates nothing.
    /// </summary>
    /// <typeparam name="T">A type of the kernel's own, so that no other kernel overwrites its memory.</typeparam>
    public static T Keep<T>()
        where T : class, new() => KeptObjects.OfThisThread.Of<T>();

    // Ends every run: kernels work on addresses, and without this call, which could read the kernel once more, the collector
    // could free the memory of a tensor whose last use was to give its address, while threads still work on it.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void KeepAlive<TKernel>(in TKernel kernel)
        where TKernel : struct, IKernel
    {
        _ = kernel;
        GC.KeepAlive(this);
    }
}
