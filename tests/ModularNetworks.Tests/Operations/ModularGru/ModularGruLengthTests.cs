using ModularNetworks.Engine;

namespace ModularNetworks.Tests.Operations;

/// <summary>The modular gated recurrent unit at sizes of its state from 1 to 256, which its vectors run along.</summary>
public sealed class ModularGruLengthTests
{
    private const int Longest = 256;
    private const double Tolerance = 2e-5;

    public static TheoryData<string> Widths => KernelWidths.All;

    [Theory]
    [MemberData(nameof(Widths))]
    public void States_and_gradients_agree_with_the_plain_kernels(string width)
    {
        using var workers = new WorkerPool(1);
        var kernels = KernelWidths.Create(width, workers);
        for (int hidden = 1; hidden <= Longest; hidden += hidden < 70 ? 1 : 31)
        {
            var sizes = new ModularGruSizes(Steps: 2, Batch: 2, hidden, Inputs: 2, Picks: 1, Modules: 2)
            {
                HasModularGates = hidden % 2 == 0,
            };
            var expected = new ModularGruCase(new PlainKernels<double>(workers), sizes);
            var actual = new ModularGruCase(kernels, sizes);
            expected.Run();
            actual.Run();
            foreach (var (wanted, got) in expected.Results.Zip(actual.Results))
                RandomTensors.AssertNear(wanted.Tensor, got.Tensor, Tolerance, $"{sizes}: {wanted.Name}");
        }
    }
}
