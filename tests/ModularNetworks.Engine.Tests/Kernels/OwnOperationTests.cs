using OwnOperation;

namespace ModularNetworks.Engine.Tests;

/// <summary>An operation and its kernels, written in another assembly against what is public.</summary>
public sealed class OwnOperationTests
{
    private const double Scale = 1.7;

    [Theory]
    [MemberData(nameof(KernelWidths.All), MemberType = typeof(KernelWidths))]
    public void Vectors_of_any_width_agree_with_plain_loops_at_every_length(string width)
    {
        using var workers = new WorkerPool(2);
        for (int count = 1; count <= 40; count++)
            AssertAgree(count, KernelWidths.Create(width, workers), new PlainKernels<double>(workers));
        AssertAgree(20_000, KernelWidths.Create(width, workers), new PlainKernels<double>(workers));
    }

    [Fact]
    public void The_gradient_agrees_with_central_differences()
    {
        var x = new Parameter("x", new Shape(4, 7));
        RandomKey.FromSeed(3).Uniforms(0, x.Value.Values);
        var worst = GradientCheck.LargestError([x], tape => tape.Sum(tape.Square(tape.ScaledTanh(x.Value, Scale))));
        Assert.True(worst.Size <= 1e-6, $"{worst}");
    }

    private static void AssertAgree(int count, Kernels fast, Kernels plain)
    {
        double[] expected = Evaluate(count, plain), actual = Evaluate(count, fast);
        for (int i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= 1e-5, $"length {count}, number {i}: {actual[i]} for {expected[i]}");
    }

    /// <summary>The values and the gradients of their squares' sum.</summary>
    private static double[] Evaluate(int count, Kernels kernels)
    {
        var x = new Parameter("x", new Shape(count));
        RandomKey.FromSeed(5).Uniforms(0, x.Value.Values);
        x.ConvertTo(kernels.Precision);
        var tape = new Tape(kernels);
        var y = tape.ScaledTanh(x.Value, Scale);
        tape.Backward(tape.Sum(tape.Square(y)));
        return [.. Enumerable.Range(0, count).Select(i => y[i]), .. Enumerable.Range(0, count).Select(i => x.Gradient[i])];
    }
}
