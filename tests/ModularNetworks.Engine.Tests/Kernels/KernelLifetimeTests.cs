using System.Runtime.CompilerServices;

namespace ModularNetworks.Engine.Tests;

/// <summary>Kernels work on addresses, which alone keep nothing from the garbage collector.</summary>
public sealed class KernelLifetimeTests
{
    private const int Rounds = 25;
    private const int Rows = 32;
    private const int Classes = 2000;

    [Fact]
    public void Arguments_that_nobody_else_holds_live_until_the_kernel_ends()
    {
        using var workers = new WorkerPool(1);
        float[] expected = LossesOfAbandonedArguments(workers);
        bool stop = false;
        var collector = new Thread(() => CollectAndOverwrite(ref stop));
        collector.Start();
        try
        {
            for (int round = 0; round < Rounds; round++)
                Assert.Equal(expected, LossesOfAbandonedArguments(workers));
        }
        finally
        {
            Volatile.Write(ref stop, true);
            collector.Join();
        }
    }

    /// <summary>Frees memory as soon as it can be, and fills what was freed with what no kernel could take.</summary>
    private static void CollectAndOverwrite(ref bool stop)
    {
        while (!Volatile.Read(ref stop))
        {
            GC.Collect();
            for (int i = 0; i < 20; i++)
                GC.AllocateArray<int>(300, pinned: true).AsSpan().Fill(int.MaxValue);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static float[] LossesOfAbandonedArguments(WorkerPool workers)
    {
        var losses = Tensor.Allocate(new Shape(Rows));
        var targets = IndexTensor.Allocate(new Shape(Rows));
        for (int row = 0; row < Rows; row++)
            targets.Values[row] = row * 7;
        Run(SimdKernels.Create(workers), targets, losses);
        return losses.Values.ToArray();
    }

    /// <summary>Calls a kernel with objects that have their last use in the call.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Run(Kernels kernels, IndexTensor targets, Tensor losses) => kernels.LinearCrossEntropy(
        Matrix.Of(RandomTensors.Normal(RandomKey.FromSeed(1), Rows, 8)),
        Matrix.Of(RandomTensors.Normal(RandomKey.FromSeed(2), 8, Classes)),
        RandomTensors.Normal(RandomKey.FromSeed(3), Classes),
        targets,
        losses);
}
