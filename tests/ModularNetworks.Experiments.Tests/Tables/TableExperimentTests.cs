using System.Globalization;
using ModularNetworks.Data;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments.Tests;

public sealed class TableExperimentTests
{
    public static TheoryData<string> Methods =>
        [TrainingMethods.Em, TrainingMethods.Reinforce, TrainingMethods.Expected, TrainingMethods.TopK, TrainingMethods.Assigned, TrainingMethods.Fixed];

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_number_is_learned_by_every_method(string method)
    {
        var measured = Train(method, row => (row % 2 == 0 ? 1 : -1) * row * 0.25, steps: 400);
        Assert.All(measured.Splits, split => Assert.InRange(split["r2"]!.Value, 0.8, 1));
        // Numbers reach from -50 to 50.
        Assert.All(measured.Splits, split => Assert.InRange(split["meanAbsoluteError"]!.Value, 0, 12));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Classes_are_learned_by_every_method(string method)
    {
        var measured = Train(method, row => row % 2 == 0 ? "low" : "high", steps: 200);
        Assert.All(measured.Splits, split => Assert.InRange(split["accuracy"]!.Value, 0.95, 1));
        Assert.All(measured.Splits, split => Assert.Null(split["r2"]));
    }

    [Fact]
    public void Errors_are_told_in_the_units_of_the_target()
    {
        var errors = new RegressionErrors();
        errors.Add(Tensor.From(new Shape(2, 1), [0, 1]), Tensor.From(new Shape(2, 1), [0, 2]));
        errors.Add(Tensor.From(new Shape(2, 1), [5, 2]), Tensor.From(new Shape(2, 1), [4, 2]));
        // Squared errors sum to 2, squared differences from the mean 2 to 8; absolute errors are half a deviation.
        Assert.Equal([("r2", 0.75), ("meanAbsoluteError", 5)], errors.Numbers(deviation: 10));
    }

    [Fact]
    public void R2_is_not_told_of_targets_that_are_all_the_same()
    {
        var errors = new RegressionErrors();
        errors.Add(Tensor.From(new Shape(2, 1), [0, 1]), Tensor.From(new Shape(2, 1), [2, 2]));
        Assert.Equal(("r2", null), errors.Numbers(deviation: 1)[0]);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void The_baseline_takes_as_many_operations_as_the_network_with_controllers(int picks, bool isShared)
    {
        using var folder = new TemporaryFolder();
        using var workers = new WorkerPool(1);
        var network = new ModularMlpSettings { Hidden = 8, Shared = isShared };
        var modular = Options(folder, TrainingMethods.Em, row => row * 0.25) with { Modules = 4, Picks = picks, Network = network };
        var dense = (TableOptions)modular.WithMethod(TrainingMethods.Fixed) with { Modules = picks };
        dense.Validate();
        Assert.Equal(4, dense.PayForModules);
        long wanted = Operations(modular), found = Operations(dense), unit = picks * (3 + 1);
        Assert.InRange(found, wanted, wanted + unit - 1);
        Assert.True(Operations(dense with { PayForModules = 0 }) < wanted);
        Assert.Throws<RunException>((modular with { PayForModules = 4 }).Validate);

        long Operations(TableOptions options) => BuiltInExperiments.Catalogue.Create(options, SimdKernels.Create(workers)).PredictionOperations!.Value;
    }

    [Fact]
    public void A_run_that_was_stopped_ends_like_one_that_was_not()
    {
        using var folder = new TemporaryFolder();
        var options = Options(folder, TrainingMethods.Em, row => row * 0.25) with { Steps = 24, Expected = new() { ExpectedAfter = 12 } };
        RunCase.Summarize(options, folder["whole"]);
        RunCase.StopAt(17, options, folder["stopped"]);
        RunCase.Summarize(options, folder["stopped"]);
        RunCase.AssertSame(folder["whole"], folder["stopped"]);
    }

    [Fact]
    public void A_method_without_EM_has_no_expected_scores_after_it()
    {
        var options = new TableOptions { Threads = 1 };
        options.Validate();
        foreach (string method in (string[])[TrainingMethods.Reinforce, TrainingMethods.TopK, TrainingMethods.Assigned])
            options.WithMethod(method).Validate();
        Assert.Equal(options, options.WithMethod(TrainingMethods.Em));
    }

    [Fact]
    public void Modules_begin_with_the_categories_of_a_column_however_frequent_these_are()
    {
        using var folder = new TemporaryFolder();
        using var workers = new WorkerPool(1);
        string path = folder["regions.csv"];
        File.WriteAllLines(path, Enumerable.Range(0, 200).Select(row =>
            string.Create(CultureInfo.InvariantCulture, $"{row * 7 % 31},{"aaaaaabc"[row % 8]},{row * 0.5}")).Prepend("n,region,y"));
        var options = Options(folder, TrainingMethods.Assigned, row => row) with { Data = path, Modules = 3, Reading = new() { ClusterColumns = "region" } };
        var experiment = BuiltInExperiments.Catalogue.Create(options, SimdKernels.Create(workers));
        double[] usage = [.. experiment.Evaluate("train").Selection!.Usage.Layers[0].Order()];
        // Of all rows, an eighth each and the rest; the training rows are four fifths of them.
        Assert.InRange(usage[0], 0.08, 0.15);
        Assert.InRange(usage[1], 0.1, 0.17);
        Assert.InRange(usage[2], 0.7, 0.8);
    }

    [Theory]
    [InlineData("diamonds.csv", "price")]
    [InlineData("letters.csv", "lettr")]
    [InlineData("pima-missing.csv", "diabetes")]
    [InlineData("votes-missing.csv", "Class")]
    [InlineData("servo.csv", "Class")]
    [InlineData("european.csv", "Preis")]
    [InlineData("piecewise.csv", "y")]
    public void Real_tables_train(string file, string target)
    {
        string? data = Environment.GetEnvironmentVariable(DataLocation.VariableName);
        Assert.SkipWhen(string.IsNullOrEmpty(data), $"needs the table {file}: set {DataLocation.VariableName} to the parent of the folder tables");
        string path = Path.Join(data, "tables", file);
        Assert.SkipUnless(File.Exists(path), $"needs the table {file}: {DataLocation.VariableName}/tables has no such file");
        using var workers = new WorkerPool(1);
        var options = new TableOptions { Data = path, Target = target, Steps = 200, Threads = 1 };
        var experiment = BuiltInExperiments.Catalogue.Create(options, SimdKernels.Create(workers));
        double before = experiment.Evaluate("valid").Of("valid")!["logLikelihood"]!.Value;
        for (int step = 0; step < 20; step++)
            experiment.Trainer.Step();
        Assert.True(experiment.Evaluate("valid").Of("valid")!["logLikelihood"]!.Value > before);
    }

    private static Measurement Train(string method, Func<int, object> target, int steps)
    {
        using var folder = new TemporaryFolder();
        using var workers = new WorkerPool(1);
        var options = Options(folder, method, target);
        options.Validate();
        var experiment = BuiltInExperiments.Catalogue.Create(options, SimdKernels.Create(workers));
        for (int step = 0; step < steps; step++)
            experiment.Trainer.Step();
        return experiment.Complete(experiment.Evaluate(double.PositiveInfinity));
    }

    private static TableOptions Options(TemporaryFolder folder, string method, Func<int, object> target)
    {
        string path = folder["table.csv"];
        File.WriteAllLines(path, Enumerable.Range(0, 200).Select(row =>
            string.Create(CultureInfo.InvariantCulture, $"{row * 0.5},{(row % 2 == 0 ? "even" : "odd")},{target(row)}")).Prepend("n,parity,y"));
        bool isFixed = method == TrainingMethods.Fixed;
        return (TableOptions)new TableOptions
        {
            Data = path,
            Target = "y",
            Modules = isFixed ? 1 : 4,
            TopK = new() { MixedModules = 2 },
            BatchSize = 40,
            Optimizer = new() { LearningRate = 0.01 },
            Threads = 1,
        }.WithMethod(method);
    }
}
