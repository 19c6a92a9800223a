using System.Runtime.Intrinsics;
using ModularNetworks.Engine;

namespace ModularNetworks.Testing;

public sealed class InstructionSetTests
{
    /// <summary>Says which vectors must be in use, in test runs that switch instruction sets off.</summary>
    private const string ExpectedVariable = "MODNET_EXPECT_SIMD";

    [Fact]
    public void The_kernels_use_the_widest_vectors_that_the_processor_has()
    {
        using var workers = new WorkerPool(1);
        string expected = Environment.GetEnvironmentVariable(ExpectedVariable) ?? Widest();
        Assert.Equal(expected, SimdKernels.Create(workers).InstructionSet);
    }

    private static string Widest() =>
        Vector512.IsHardwareAccelerated ? "Vector512"
        : Vector256.IsHardwareAccelerated ? "Vector256"
        : "Vector128";
}
