using System.Text.Json.Nodes;
using ModularNetworks.Data;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments.Tests;

public sealed class TaskExperimentTests
{
    public static TheoryData<string, bool> Methods => new()
    {
        { TrainingMethods.Em, false }, { TrainingMethods.Em, true }, { TrainingMethods.Reinforce, false }, { TrainingMethods.Reinforce, true },
        { TrainingMethods.TopK, false }, { TrainingMethods.TopK, true }, { TrainingMethods.Fixed, false }, { TrainingMethods.Fixed, true },
    };

    [Theory]
    [MemberData(nameof(Methods))]
    public void It_learns_by_every_method(string method, bool shared)
    {
        using var folder = new TemporaryFolder();
        using var workers = new WorkerPool(1);
        var options = Options(folder, method, shared);
        options.Validate();
        var experiment = BuiltInExperiments.Catalogue.Create(options, SimdKernels.Create(workers));
        for (int step = 0; step < 300; step++)
            experiment.Trainer.Step();
        var measured = experiment.Complete(experiment.Evaluate(double.PositiveInfinity));
        Assert.Equal(["valid", "test", "train"], measured.Splits.Select(split => split.Name));
        Assert.All(measured.Splits, split => Assert.InRange(split["accuracy"]!.Value, 0.9, 1));
        Assert.Equal(method == TrainingMethods.Em, measured.Of("train")!["storedAccuracy"] is not null);
        Assert.Equal(method == TrainingMethods.Fixed, measured.Selection is null);
        if (measured.Selection is { } selection)
            Assert.Equal(shared ? ["hidden"] : ["hidden", "output"], selection.Layers.Select(layer => layer.Name));
    }

    [Theory]
    [InlineData(TrainingMethods.Em)]
    [InlineData(TrainingMethods.TopK)]
    [InlineData(TrainingMethods.Fixed)]
    public void Numbers_are_learned_too(string method)
    {
        using var workers = new WorkerPool(1);
        var options = new RulesOptions
        {
            Method = method,
            Rules = 2,
            Modules = method == TrainingMethods.Fixed ? 1 : 4,
            Network = new() { Shared = true },
            NoiseVariance = 0.1,
            Points = 500,
            Optimizer = new() { LearningRate = 0.01 },
        };
        options.Validate();
        var experiment = BuiltInExperiments.Catalogue.Create(options, SimdKernels.Create(workers));
        double before = experiment.Evaluate("test").Of("test")!["loss"]!.Value;
        for (int step = 0; step < 500; step++)
            experiment.Trainer.Step();
        var measured = experiment.Complete(experiment.Evaluate(double.PositiveInfinity));
        Assert.All(measured.Splits, split => Assert.InRange(split["loss"]!.Value, 0, before / 5));
        Assert.Equal(method == TrainingMethods.Em, measured.Of("train")!["storedLoss"] is not null);
    }

    [Fact]
    public void The_loss_is_the_mean_squared_error_and_belongs_to_the_log_likelihood()
    {
        using var workers = new WorkerPool(1);
        var options = new RulesOptions { Points = 30, NoiseVariance = 0.5, Method = TrainingMethods.Fixed, Modules = 1 };
        var experiment = BuiltInExperiments.Catalogue.Create(options, SimdKernels.Create(workers));
        var measured = experiment.Evaluate("valid").Of("valid")!;
        Assert.Equal(-measured["loss"]!.Value - (0.5 * Math.Log(2 * Math.PI * 0.5)), measured["logLikelihood"]!.Value, 1e-5);
    }

    [Fact]
    public void Random_tasks_change_what_modules_are_counted_by_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        var options = new RulesOptions { Points = 200, Steps = 20, BatchSize = 20 };
        RunCase.Summarize(options, folder["told"]);
        RunCase.Summarize(options with { HasRandomTasks = true }, folder["random"]);
        Assert.Equal(RunCase.Metrics(folder["told"]), RunCase.Metrics(folder["random"]));
        string random = File.ReadAllText(folder["random/inspection.json"]);
        Assert.Contains("random 1", random, StringComparison.Ordinal);
        Assert.DoesNotContain("rule 1", random, StringComparison.Ordinal);
    }

    [Fact]
    public void Random_tasks_can_be_what_modules_are_assigned_by()
    {
        using var folder = new TemporaryFolder();
        var options = new RulesOptions { Method = TrainingMethods.Assigned, Em = new() { Start = CompositionStarts.Input }, Points = 200, Steps = 20, BatchSize = 20 };
        options.Validate();
        double[] informations = [.. ((bool[])[false, true]).Select(isRandom =>
        {
            string run = folder[$"{isRandom}"];
            RunCase.Summarize(options with { HasRandomTasks = isRandom }, run);
            var layers = JsonNode.Parse(File.ReadAllText(Path.Join(run, "inspection.json")))!["layers"]!;
            return layers[0]!["labels"]![0]!["normalizedMutualInformation"]!.GetValue<double>();
        })];
        Assert.All(informations, information => Assert.Equal(1, information, 1e-9));
        Assert.NotEqual(RunCase.Metrics(folder["False"]), RunCase.Metrics(folder["True"]));
    }

    [Fact]
    public void A_run_that_cools_down_is_not_continued_beyond_its_last_step()
    {
        using var folder = new TemporaryFolder();
        var options = new RulesOptions { Points = 60, Steps = 10, BatchSize = 20 };
        RunCase.Complete(options, folder["run"]);
        var error = Assert.Throws<RunException>(() => RunCase.Resume(options with { Steps = 12 }, folder["run"]));
        Assert.Contains("falls to zero at step 10 (learningRateCooldown), so that --steps 12", error.Message, StringComparison.Ordinal);
        var constant = options with { Optimizer = options.Optimizer with { LearningRateCooldown = 0 } };
        RunCase.Complete(constant, folder["constant"]);
        Assert.True(RunCase.Resume(constant with { Steps = 12 }, folder["constant"]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_run_that_was_stopped_and_resumed_ends_like_one_that_was_not(bool shared)
    {
        using var folder = new TemporaryFolder();
        var options = (DigitsOptions)RunCase.Options("digits em", folder);
        options = options with { Network = options.Network with { Shared = shared } };
        RunCase.Summarize(options, folder["whole"]);
        RunCase.StopAt(17, options, folder["stopped"]);
        RunCase.Summarize(options, folder["stopped"]);
        RunCase.AssertSame(folder["whole"], folder["stopped"]);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(10)]
    [InlineData(13)]
    [InlineData(17)]
    [InlineData(18)]
    [InlineData(22)]
    public void A_run_that_begins_softly_from_clusters_goes_on_in_each_of_its_phases(int stop)
    {
        using var folder = new TemporaryFolder();
        var options = (DigitsOptions)RunCase.Options("digits em", folder);
        options = options with { Em = options.Em with { Start = CompositionStarts.Clusters, SoftUntil = 10 }, Expected = new() { ExpectedAfter = 15, ExpectedUntil = 18 } };
        options.Validate();
        RunCase.Summarize(options, folder["whole"]);
        RunCase.StopAt(stop, options, folder["stopped"]);
        RunCase.Summarize(options, folder["stopped"]);
        RunCase.AssertSame(folder["whole"], folder["stopped"]);
        RunCase.Summarize(options with { Em = options.Em with { SoftTo = 20 } }, folder["harder"]);
        Assert.NotEqual(RunCase.Metrics(folder["whole"]), RunCase.Metrics(folder["harder"]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    public void Controllers_that_freeze_late_keep_their_bits(int softUntil)
    {
        using var folder = new TemporaryFolder();
        using var workers = new WorkerPool(1);
        var options = RunCase.Options("digits em", folder);
        options = options with { Em = options.Em with { SoftUntil = softUntil, FreezeControllersAfter = 10 } };
        options.Validate();
        var experiment = BuiltInExperiments.Catalogue.Create(options, SimdKernels.Create(workers));
        float[][] before = After(10);
        float[][] after = After(5);
        foreach (var (parameter, (kept, now)) in experiment.Parameters.Zip(before.Zip(after)))
            Assert.Equal(parameter.Name.Contains("controller", StringComparison.Ordinal), kept.AsSpan().SequenceEqual(now));

        float[][] After(int steps)
        {
            for (int step = 0; step < steps; step++)
                experiment.Trainer.Step();
            return [.. experiment.Parameters.Select(parameter => parameter.Value.Values.ToArray())];
        }
    }

    [Fact]
    public void Modules_are_counted_by_task_and_by_class()
    {
        using var folder = new TemporaryFolder();
        RunCase.Summarize(RunCase.Options("digits em", folder), folder["run"]);
        var layers = JsonNode.Parse(File.ReadAllText(folder["run/inspection.json"]))!["layers"]!.AsArray();
        Assert.Equal(2, layers.Count);
        foreach (var layer in layers)
        {
            Assert.Equal(["task", "class"], layer!["labels"]!.AsArray().Select(label => $"{label!["kind"]}"));
            var named = layer["details"]!.AsArray().SelectMany(module => module!["classes"]!.AsArray()).Select(share => $"{share!["label"]}");
            Assert.All(named, name => Assert.EndsWith(" degrees", name, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_shared_selection_is_that_of_a_network_whose_output_layer_is_given_the_same()
    {
        using var workers = new WorkerPool(1);
        var tape = new Tape(SimdKernels.Create(workers));
        var sizes = new ModularMlpSizes { Inputs = 3, Outputs = 2, Modules = 4, Picks = 2, Hidden = 5 };
        var key = RandomKey.FromSeed(1);
        var apart = new ModularMlp(sizes, new ModeSelection(), key);
        var shared = new ModularMlp(sizes with { Shared = true }, new ModeSelection(), key);
        Assert.Equal((4, 2), (apart.Layout.Length, shared.Layout.Length));
        var input = new VectorBatch(
            Tensor.From(new Shape(2, 3), [0.1f, -0.5f, 0.7f, 0.3f, 0.2f, -0.9f]), Classes: null, Targets: null);
        var pass = new ForwardPass(tape);
        pass.Begin(new GivenSelection(IndexTensor.From(new Shape(2, 2), [3, 1, 0, 2])), 2);
        float[] expected = shared.Predict(pass, input).Values.ToArray();
        pass.Begin(new GivenSelection(IndexTensor.From(new Shape(2, 4), [3, 1, 3, 1, 0, 2, 0, 2])), 2);
        Assert.Equal(expected, apart.Predict(pass, input).Values.ToArray());
    }

    [Theory]
    [InlineData(TrainingMethods.Em, CompositionStarts.Input, ControllerKind.Table, DigitTask.Task)]
    [InlineData(TrainingMethods.Em, CompositionStarts.Clusters, ControllerKind.Table, DigitTask.Plain)]
    [InlineData(TrainingMethods.Em, CompositionStarts.Clusters, ControllerKind.Linear, DigitTask.Plain)]
    [InlineData(TrainingMethods.Em, CompositionStarts.Clusters, ControllerKind.Multilayer, DigitTask.Plain)]
    [InlineData(TrainingMethods.Assigned, CompositionStarts.Input, ControllerKind.Linear, DigitTask.Task)]
    [InlineData(TrainingMethods.Assigned, CompositionStarts.Clusters, ControllerKind.Linear, DigitTask.Plain)]
    public void Modules_can_begin_with_what_inputs_show(string method, CompositionStarts start, ControllerKind controller, DigitTask task)
    {
        using var folder = new TemporaryFolder();
        using var workers = new WorkerPool(1);
        var options = Options(folder, method, shared: true);
        options = options with
        {
            Task = task,
            Em = options.Em with { Start = start },
            Network = options.Network with { Controller = controller },
        };
        options.Validate();
        var experiment = BuiltInExperiments.Catalogue.Create(options, SimdKernels.Create(workers));
        for (int step = 0; step < 200; step++)
            experiment.Trainer.Step();
        var measured = experiment.Evaluate("test");
        Assert.InRange(measured.Of("test")!["accuracy"]!.Value, 0.9, 1);
        Assert.Equal(experiment.Parameters.Any(parameter => parameter.Name == "hidden.controller.table"), controller == ControllerKind.Table);
        Assert.Equal(experiment.Parameters.Any(parameter => parameter.Name == "hidden.controller.hidden.weight"), controller == ControllerKind.Multilayer);
        Assert.Equal(method == TrainingMethods.Assigned, measured.Selection!.SelectionEntropy == 0);
    }

    [Fact]
    public void What_inputs_do_not_show_cannot_be_asked_for()
    {
        using var folder = new TemporaryFolder();
        using var workers = new WorkerPool(1);
        var options = Options(folder, TrainingMethods.Em, shared: true);
        Assert.Contains("show no task", Refusal(options with { Em = new EmSettings { Start = CompositionStarts.Input } }), StringComparison.Ordinal);
        Assert.Contains(
            "start=clusters",
            Refusal(options with { Network = new ModularMlpSettings { Controller = ControllerKind.Table } }), StringComparison.Ordinal);

        string Refusal(DigitsOptions refused) => Assert.Throws<RunException>(
            () => BuiltInExperiments.Catalogue.Create(refused with { Task = DigitTask.Rotation }, SimdKernels.Create(workers))).Message;
    }

    [Fact]
    public void A_batch_has_the_inputs_and_classes_of_its_rows()
    {
        using var folder = new TemporaryFolder();
        var points = DigitTasks.Create(DigitImages.Load(GeneratedDigits.WriteTo(folder)), DigitTask.Task).Train;
        var batch = new VectorTrainingSet(points).Load([0, 9, 17, 8]);
        Assert.Equal(points.Labels[9], batch.Classes!.Values[1]);
        Assert.Equal(1, batch.Inputs[(72 * 2) + 64 + 1]);
        Assert.Null(batch.Targets);
    }

    private static DigitsOptions Options(TemporaryFolder folder, string method, bool shared) => new()
    {
        Data = GeneratedDigits.WriteTo(folder),
        Task = DigitTask.Plain,
        Method = method,
        Modules = method == TrainingMethods.Fixed ? 2 : 4,
        Picks = method == TrainingMethods.TopK ? 1 : 2,
        Network = new() { Shared = shared },
        BatchSize = 40,
        Steps = 300,
        Threads = 1,
        Optimizer = new() { LearningRate = 0.01 },
    };
}
