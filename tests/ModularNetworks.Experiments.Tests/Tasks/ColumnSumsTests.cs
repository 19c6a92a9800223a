using ModularNetworks.Data;

namespace ModularNetworks.Experiments.Tests;

public sealed class ColumnSumsTests
{
    private static readonly TableEncoding Encoding = new()
    {
        Columns =
        [
            new() { Name = "size", Kind = ColumnKind.Number, Mean = 10, Deviation = 2, HasMissing = true },
            new() { Name = "nothing", Kind = ColumnKind.Constant },
            new() { Name = "colour", Kind = ColumnKind.Category, Categories = ["blue", "red"] },
            new() { Name = "same", Kind = ColumnKind.YesNo, Mean = 0.5, Deviation = 0.5 },
        ],
        Target = new() { Name = "price", Mean = 100, Deviation = 50 },
    };

    [Fact]
    public void Columns_in_which_a_module_differs_are_told_in_their_units()
    {
        var sums = new ColumnSums(Encoding, modules: 3);
        // size, missing, blue, red, same
        sums.Add(0, [1, 0, 1, 0, 1], target: 2);
        sums.Add(0, [1, 0, 1, 0, -1], target: 0);
        sums.Add(1, [-1, 0, 0, 1, 1], target: -1);
        sums.Add(1, [-1, 0, 1, 0, -1], target: -1);
        Assert.Equal(
            [new("size", "number", null, 12, 10, 1), new("colour", "category", "blue", 1, 0.75, 0.25 / Math.Sqrt(0.1875))], sums.ColumnsOf(0));
        Assert.Equal("size", sums.ColumnsOf(1)[0].Column);
        Assert.Equal((8, -1.0), (sums.ColumnsOf(1)[0].Mean, sums.ColumnsOf(1)[0].Deviations));
        Assert.Equal(new TargetMean("price", 150, 100), sums.TargetOf(0));
        Assert.Equal(50, sums.TargetOf(1)!.Mean);
        Assert.Null(sums.TargetOf(2));
    }

    [Fact]
    public void Missing_cells_are_told_and_classes_have_no_mean()
    {
        var sums = new ColumnSums(Encoding with { Target = new() { Name = "kind", Classes = ["a", "b"] } }, modules: 2);
        sums.Add(0, [0, 1, 0, 1, 1], target: 0);
        sums.Add(1, [0, 0, 0, 1, 1], target: 0);
        Assert.Equal([new("size", "missing", null, 1, 0.5, 1)], sums.ColumnsOf(0));
        Assert.Null(sums.TargetOf(0));
    }
}
