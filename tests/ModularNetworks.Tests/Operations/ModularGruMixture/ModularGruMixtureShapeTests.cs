using ModularNetworks.Engine;

namespace ModularNetworks.Tests.Operations;

public sealed class ModularGruMixtureShapeTests
{
    [Theory]
    [InlineData(0, 3, "0 modules")]
    [InlineData(4, 3, "4 modules")]
    [InlineData(0, 3, "1 to 3")]
    [InlineData(4, 3, "1 to 3")]
    [InlineData(2, 4, "[6, 4]")]
    public void A_mixture_has_between_one_and_all_modules_and_noise_for_each(int picks, int noise, string named)
    {
        const int modules = 3;
        using var workers = new WorkerPool(1);
        var tape = new Tape(SimdKernels.Create(workers));
        string message = Assert.Throws<ShapeException>(() => tape.ModularGruMixture(
            new ModularGruMixtureInputs(Of(6, 2), Of(6, 8), Of(6, 2 * modules)),
            Of(3, 4),
            new ModularGruMixtureWeights(Of(6, 8), Of(6, 2 * modules), Of(modules, 6, 4), Of(modules, 4)),
            Of(6, noise),
            picks).Hidden).Message;
        Assert.StartsWith("ModularGruMixture:", message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
        Assert.Contains(named, message, StringComparison.Ordinal);

        Tensor Of(params ReadOnlySpan<int> sizes) => tape.Rent(new Shape(sizes));
    }
}
