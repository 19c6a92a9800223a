using ModularNetworks.Engine;

namespace ModularNetworks.Experiments.Tests;

public sealed class OtherDataOfRunsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(TrainingMethods.Em)]
    [InlineData(TrainingMethods.Assigned)]
    [InlineData(TrainingMethods.Fixed)]
    public void A_table_is_measured_as_its_rows_are_predicted(string method)
    {
        File.WriteAllLines(_folder["own.csv"], Enumerable.Range(0, 100).Select(row => FormattableString.Invariant($"{row % 11},{"abc"[row % 3]},{row % 13}")).Prepend("n,w,y"));
        var trained = (TableOptions)new TableOptions
        {
            Data = _folder["own.csv"],
            Target = "y",
            Modules = method == TrainingMethods.Fixed ? 1 : 3,
            BatchSize = 20,
            Steps = 30,
            Threads = 1,
        }.WithMethod(method);
        RunCase.Complete(trained, _folder["run"]);
        File.Delete(_folder["own.csv"]);
        double[] numbers = [.. Enumerable.Range(0, 40).Select(row => (double)(row % 5))];
        File.WriteAllLines(_folder["other.csv"], numbers.Select((number, row) => FormattableString.Invariant($"{number},{row % 9},{"bcd"[row % 3]}")).Prepend("y,n,w"));

        var run = RunFolder.Open(_folder["run"]);
        var options = (DataRunOptions)run.ReadOptions(BuiltInExperiments.Catalogue) with { Data = _folder["other.csv"] };
        using var workers = new WorkerPool(options.Threads);
        var other = OtherDataOfRuns.Read(run, options, run.Checkpoint, SimdKernels.Create(workers));
        Assert.Equal([OtherData.Whole], other.Splits);
        var measured = other.Measure(OtherData.Whole).Measured;

        string[][] rows = [.. File.ReadAllLines(_folder["other.csv"])[1..].Select(line => line.Split(',')[1..])];
        float[] predicted = TableModel.Load(run).Predict(rows).Values.ToArray();
        Assert.Equal(predicted.Zip(numbers).Average(pair => Math.Abs(pair.First - pair.Second)), measured.Of(OtherData.Whole)!["meanAbsoluteError"]!.Value, 1e-5);
        Assert.Equal(method == TrainingMethods.Fixed, measured.Selection is null);
    }

    [Fact]
    public void Problems_that_are_drawn_from_a_seed_have_no_other_data()
    {
        var options = RunCase.Options("toy em", _folder);
        RunCase.Complete(options, _folder["run"]);
        var run = RunFolder.Open(_folder["run"]);
        using var workers = new WorkerPool(1);
        Assert.False(OtherDataOfRuns.CanRead(options));
        Assert.Throws<ArgumentException>(() => OtherDataOfRuns.Read(run, options, run.Checkpoint, SimdKernels.Create(workers)));
    }
}
