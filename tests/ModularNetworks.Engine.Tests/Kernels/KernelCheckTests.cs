using System.Numerics;

namespace ModularNetworks.Engine.Tests;

/// <summary>Kernels get addresses by saying how far they go, and tests run with all that can be checked of what they do.</summary>
public sealed class KernelCheckTests : IDisposable
{
    private readonly WorkerPool _workers = new(1);

    public void Dispose() => _workers.Dispose();

    [Fact]
    public void Tests_run_with_checked_kernels() => Assert.True(KernelCheck.IsOn);

    [Fact]
    public unsafe void There_is_no_address_of_more_elements_than_a_tensor_has()
    {
        var (tensor, indices) = (Tensor.Allocate(new Shape(2, 3)), IndexTensor.Allocate(new Shape(6)));
        Assert.True(tensor.PointerTo(6) != null && indices.PointerTo(6, bound: 1) != null);
        foreach (long count in (long[])[7, -1, long.MaxValue, long.MinValue])
        {
            Assert.Throws<ShapeException>(() => (nint)tensor.PointerTo(count));
            Assert.Throws<ShapeException>(() => (nint)indices.PointerTo(count, bound: null));
            Assert.Throws<ShapeException>(() => tensor.As<float>(count).Length);
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(-1)]
    public unsafe void Indices_that_a_kernel_reads_are_in_their_bound(int index)
    {
        var indices = IndexTensor.From(new Shape(2), [3, index]);
        Assert.Throws<ShapeException>(() => (nint)indices.PointerTo(2, bound: 4));
        Assert.True(indices.PointerTo(1, bound: 4) != null);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(16)]
    public void Kernels_refuse_what_is_too_short_for_them(int lanes)
    {
        var kernels = SimdKernels.Create(_workers, lanes);
        var (hidden, weight, bias) = (Matrix.Of(Of(5, 2)), Matrix.Of(Of(2, 3)), Of(3));
        var targets = IndexTensor.Allocate(new Shape(5));
        Assert.Throws<ShapeException>(() => kernels.LinearCrossEntropy(hidden, weight, bias, targets, Of(4)));
        Assert.Throws<ShapeException>(() => kernels.LinearCrossEntropy(hidden, weight, Of(2), targets, Of(5)));
        Assert.Throws<ShapeException>(() => kernels.LinearCrossEntropy(hidden, weight, bias, IndexTensor.Allocate(new Shape(4)), Of(5)));
        Assert.Throws<ShapeException>(
            () => kernels.AdamStep(Of(5), Of(5), Of(4), Of(5), new AdamStepSettings(1, 0.9, 0.9, 1, 1, 1)));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(16, 16)]
    [InlineData(17, 31)]
    public void What_a_kernel_writes_behind_a_tensor_is_found(int size, int place)
    {
        var tape = new Tape(SimdKernels.Create(_workers));
        tape.Rent(new Shape(3));
        tape.Kernels.Run(new WildKernel(tape.Rent(new Shape(size)), place));
        tape.Rent(new Shape(3));
        Assert.Throws<InvalidOperationException>(() => tape.Reset(recording: false));
        tape.Kernels.Run(new WildKernel(tape.Rent(new Shape(size)), size - 1));
        tape.Reset(recording: false);
    }

    private static Tensor Of(params ReadOnlySpan<int> sizes) => Tensor.Allocate(new Shape(sizes));

    /// <summary>Writes to one place, wherever that is.</summary>
    private readonly struct WildKernel(Tensor tensor, int place) : IKernel
    {
        public void RunPlain<T>(Kernels kernels)
            where T : unmanaged, IFloatingPointIeee754<T> => throw new NotSupportedException();

        public unsafe void RunVectors<TWidth, TVector>(Kernels kernels)
            where TWidth : IWidth<TVector>
            where TVector : unmanaged => tensor.PointerTo(tensor.Shape.Count)[place] = 1;
    }
}
