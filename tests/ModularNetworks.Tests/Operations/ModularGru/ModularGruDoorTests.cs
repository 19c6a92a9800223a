using ModularNetworks.Engine;

namespace ModularNetworks.Tests.Operations;

/// <summary>The fused unit takes one account of the selection, sorted, and refuses one that does not fit its rows or modules.</summary>
public sealed class ModularGruDoorTests
{
    private const int Batch = 2;
    private const int Hidden = 3;
    private const int Inputs = 2;
    private const int Modules = 2;

    [Theory]
    [InlineData(2, 0, "selection [2, 1]")] // The rows of one step.
    [InlineData(6, 0, "selection [6, 1]")]
    [InlineData(4, 2, "2")] // A module that the unit does not have.
    public void A_selection_that_does_not_fit_is_refused(int rows, int module, string named)
    {
        using var workers = new WorkerPool(1);
        var tape = new Tape(SimdKernels.Create(workers));
        var picks = IndexTensor.Allocate(new Shape(rows, 1));
        picks.Values[^1] = module;
        var error = Assert.Throws<ShapeException>(() => Run(tape, RowGroups.Sort(tape, picks, Modules + 1)));
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void A_selection_that_fits_is_run()
    {
        using var workers = new WorkerPool(1);
        var tape = new Tape(SimdKernels.Create(workers));
        Assert.Equal(new Shape(2 * Batch, Hidden), Run(tape, RowGroups.Sort(tape, IndexTensor.Allocate(new Shape(2 * Batch, 1)), Modules)).Shape);
    }

    private static Tensor Run(Tape tape, RowGroups groups) => tape.ModularGru(
        Of(2 * Batch, 2 * Hidden), Of(2 * Batch, Hidden), Of(Batch, Hidden), Of(Hidden + Inputs, 2 * Hidden), Of(Modules, Hidden + Inputs, Hidden), groups);

    private static Tensor Of(params ReadOnlySpan<int> sizes) => Tensor.Allocate(new Shape(sizes));
}
