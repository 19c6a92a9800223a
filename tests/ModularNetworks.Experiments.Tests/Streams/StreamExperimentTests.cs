using System.Text.Json.Nodes;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments.Tests;

public sealed class StreamExperimentTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly WorkerPool _workers = new(1);

    public void Dispose()
    {
        _folder.Dispose();
        _workers.Dispose();
    }

    [Fact]
    public void By_EM_no_task_is_forgotten_and_the_first_one_is_found_again()
    {
        var measured = Train(Options(TrainingMethods.Em, modules: 20));
        var test = measured.Of("test")!;
        Assert.Equal(0, test["backwardTransfer"]);
        Assert.InRange(test["accuracy"]!.Value, 0.95, 1);
        Assert.Equal(test["accuracyOfTask1"], measured.Of("testAfterTask1")!["accuracyOfTask1"]);
        Assert.Equal(test["accuracyOfTask1"], test["accuracyOfTask10"]);
        var used = measured.Of("modulesOfTasks")!;
        // Two new modules for each of nine tasks would be 18.
        Assert.InRange(used["hidden"]!.Value + used["output"]!.Value, 4, 14);
    }

    [Theory]
    [InlineData(TrainingMethods.Fixed, 1)]
    [InlineData(TrainingMethods.Assigned, 10)]
    public void Without_frozen_modules_earlier_tasks_are_forgotten(string method, int modules)
    {
        var measured = Train(Options(method, modules));
        Assert.InRange(measured.Of("test")!["backwardTransfer"]!.Value, -100, method == TrainingMethods.Fixed ? -20 : -1);
        Assert.InRange(measured.Of("testAfterTask4")!["accuracyOfTask4"]!.Value, 0.9, 1);
        Assert.Null(measured.Of("modulesOfTasks"));
    }

    [Fact]
    public void Modules_of_earlier_tasks_keep_every_bit()
    {
        var experiment = Create(Options(TrainingMethods.Em, modules: 6) with { Steps = 200 });
        var frozen = new Dictionary<(int Parameter, int Module), float[]>();
        for (int step = 0; step < 200; step++)
        {
            if (step is 60 or 120)
            {
                var usage = experiment.Evaluate("test").Selection!.Usage.Layers;
                foreach (var (place, parameter) in experiment.Parameters.Index())
                {
                    int layer = parameter.Name.StartsWith("hidden", StringComparison.Ordinal) ? 0 : 1;
                    foreach (int module in Enumerable.Range(0, 6).Where(module => step > 0 && usage[layer][module] > 0))
                        frozen.TryAdd((place, module), Row(parameter, module));
                }
            }
            experiment.Trainer.Step();
        }
        Assert.InRange(frozen.Count, 4, 24);
        Assert.All(frozen, kept => Assert.Equal(kept.Value, Row(experiment.Parameters[kept.Key.Parameter], kept.Key.Module)));
    }

    [Fact]
    public void A_pool_that_is_used_up_serves_all_further_tasks()
    {
        var measured = Train(Options(TrainingMethods.Em, modules: 2) with { Steps = 300 });
        var used = measured.Of("modulesOfTasks")!;
        Assert.InRange(used["hidden"]!.Value, 1, 2);
        Assert.Equal(2, used["output"]!.Value);
        Assert.Equal(0, measured.Of("test")!["backwardTransfer"]);
    }

    [Theory]
    [InlineData("stream em", 17)]
    [InlineData("stream em", 5)]
    [InlineData("stream fixed", 17)]
    [InlineData("stream assigned", 4)]
    public void A_run_that_was_stopped_and_resumed_ends_like_one_that_was_not(string name, long step)
    {
        var options = RunCase.Options(name, _folder);
        options = options with
        {
            Modules = options.Method == TrainingMethods.Fixed ? 1 : 10,
            Picks = 1,
            Em = new() { Start = CompositionStarts.Input },
            Optimizer = options.Optimizer with { LearningRate = 0.01 },
        };
        options.Validate();
        RunCase.Summarize(options, _folder["whole"]);
        RunCase.StopAt(step, options, _folder["stopped"]);
        RunCase.Summarize(options, _folder["stopped"]);
        RunCase.AssertSame(_folder["whole"], _folder["stopped"]);
    }

    [Fact]
    public void A_run_has_no_other_last_step()
    {
        var options = Options(TrainingMethods.Em, modules: 4) with { Steps = 20 };
        RunCase.Complete(options, _folder["run"]);
        var error = Assert.Throws<RunException>(() => RunCase.Resume(options with { Steps = 30 }, _folder["run"]));
        Assert.Contains("share 20 steps, so that --steps 30", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_inspection_says_which_task_uses_which_modules()
    {
        RunCase.Summarize(Options(TrainingMethods.Em, modules: 20) with { Steps = 100 }, _folder["run"]);
        var layers = JsonNode.Parse(File.ReadAllText(_folder["run/inspection.json"]))!["layers"]!.AsArray();
        Assert.Equal(["hidden", "output"], layers.Select(layer => $"{layer!["name"]}"));
        Assert.All(layers, layer => Assert.Equal(1, layer!["details"]!.AsArray().SelectMany(module => module!["classes"]!.AsArray())
            .Count(share => $"{share!["label"]}" == "task 1: 0 degrees, labels 0")));
    }

    [Fact]
    public void A_prediction_costs_one_module_of_each_layer_whatever_the_number_of_modules()
    {
        var options = Options(TrainingMethods.Em, modules: 20);
        Assert.Equal((64 * options.Hidden) + (options.Hidden * 10), Create(options).PredictionOperations);
        Assert.Equal(Create(options).PredictionOperations, Create(Options(TrainingMethods.Fixed, modules: 1)).PredictionOperations);
    }

    [Fact]
    public void E_steps_are_counted_as_if_every_task_added_modules()
    {
        var options = new StreamOptions { Steps = 20, Modules = 20, Stream = new() { EStepBatches = 1 } };
        // Trials with their halves, then pairs of known modules.
        int[] trials = [1, 3 + 2, 5 + 3 + 2, 7 + 4 + 2, 9 + 5 + 3 + 2, 11 + 6 + 3 + 2, 13 + 7 + 4 + 2, 15 + 8 + 4 + 2, 17 + 9 + 5 + 3 + 2, 19 + 10 + 5 + 3 + 2];
        Assert.Equal(trials.Sum() + 285, StreamCounts.MostEStepPredictions(options));
    }

    private StreamOptions Options(string method, int modules) => new()
    {
        Data = GeneratedDigits.WriteTo(_folder),
        Method = method,
        Modules = modules,
        Hidden = 24,
        BatchSize = 64,
        Steps = 1500,
        Threads = 1,
        Optimizer = new() { LearningRate = 0.01, LazyAdam = true },
    };

    private Experiment Create(StreamOptions options)
    {
        options.Validate();
        return BuiltInExperiments.Catalogue.Create(options, SimdKernels.Create(_workers));
    }

    private Measurement Train(StreamOptions options)
    {
        var experiment = Create(options);
        for (long step = 0; step < options.Steps; step++)
            experiment.Trainer.Step();
        return experiment.Complete(experiment.Evaluate(double.PositiveInfinity));
    }

    private static float[] Row(Parameter parameter, int module)
    {
        int size = parameter.Shape.Count / parameter.Shape[0];
        return parameter.Value.Values.Slice(module * size, size).ToArray();
    }
}
