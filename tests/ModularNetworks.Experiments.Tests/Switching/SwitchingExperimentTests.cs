using System.Text.Json.Nodes;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments.Tests;

public sealed class SwitchingExperimentTests
{
    private static readonly SwitchingOptions Small = new()
    {
        Rules = 3,
        Modules = 3,
        Size = 2,
        Length = 4,
        Sequences = 60,
        Hidden = 6,
        BatchSize = 20,
        Steps = 200,
        NoiseVariance = 0.1,
        Optimizer = new() { LearningRate = 0.02 },
        Em = new() { Start = CompositionStarts.Input },
    };

    public static TheoryData<SwitchingOptions> Methods =>
    [
        Small with { Controller = ControllerKind.Table, Families = true, ModularGates = true },
        Small with { Em = new() { Start = CompositionStarts.Uniform } },
        Small with { Method = TrainingMethods.Assigned, StateActivation = StateActivation.Relu },
        Small with { Method = TrainingMethods.Reinforce, Em = new() },
        Small with { Method = TrainingMethods.TopK, Em = new(), TopK = new() { MixedModules = 2 } },
        Small with { Method = TrainingMethods.Fixed, Em = new(), Modules = 1 },
    ];

    [Theory]
    [MemberData(nameof(Methods))]
    public void It_learns_by_every_method(SwitchingOptions options)
    {
        using var workers = new WorkerPool(1);
        options.Validate();
        var experiment = BuiltInExperiments.Catalogue.Create(options, SimdKernels.Create(workers));
        double before = experiment.Evaluate("test").Of("test")!["loss"]!.Value;
        for (int step = 0; step < options.Steps; step++)
            experiment.Trainer.Step();
        var measured = experiment.Evaluate(double.PositiveInfinity);
        Assert.Equal(["valid", "test"], measured.Splits.Select(split => split.Name));
        Assert.All(measured.Splits, split => Assert.InRange(split["loss"]!.Value, 0, 0.75 * before));
        Assert.Equal(options.Method == TrainingMethods.Fixed, measured.Selection is null);
        Assert.Equal(options.Method == TrainingMethods.Fixed, experiment.Inspect() is null);
    }

    [Fact]
    public void A_log_likelihood_is_that_of_the_squared_errors()
    {
        using var workers = new WorkerPool(1);
        var test = BuiltInExperiments.Catalogue.Create(Small, SimdKernels.Create(workers)).Evaluate("test").Of("test")!;
        // Of a time step with two numbers.
        double expected = -(test["loss"]!.Value / Small.NoiseVariance) - Math.Log(2 * Math.PI * Small.NoiseVariance);
        Assert.Equal(expected, test["logLikelihood"]!.Value, 1e-4);
    }

    [Fact]
    public void Modules_that_begin_by_the_rule_are_aligned_with_it()
    {
        using var folder = new TemporaryFolder();
        var options = Small with { Controller = ControllerKind.Table, Steps = 30 };
        RunCase.Summarize(options, folder["run"]);
        var inspection = JsonNode.Parse(File.ReadAllText(folder["run/inspection.json"]))!;
        var layer = inspection["layers"]![0]!;
        Assert.Equal("gru", layer["name"]!.GetValue<string>());
        Assert.InRange(layer["rules"]!["alignment"]!.GetValue<double>(), 0, 1e-12);
        Assert.Equal(["rule 1"], layer["details"]![0]!["classes"]!.AsArray().Select(rule => rule!["label"]!.GetValue<string>()));
        Assert.NotNull(inspection["leakage"]);
    }

    [Fact]
    public void A_run_that_was_stopped_goes_on_bit_by_bit()
    {
        using var folder = new TemporaryFolder();
        var options = RunCase.Options("switching em", folder);
        RunCase.Summarize(options, folder["whole"]);
        RunCase.StopAt(17, options, folder["stopped"]);
        RunCase.Summarize(options, folder["stopped"]);
        RunCase.AssertSame(folder["whole"], folder["stopped"]);
    }

    [Fact]
    public void A_step_costs_the_modules_that_run_their_gates_the_controller_and_the_output()
    {
        using var workers = new WorkerPool(1);
        int inputs = Small.Hidden + Small.Size + Small.Rules;
        int shared = Count(Small);
        Assert.Equal((inputs * Small.Hidden * 3) + (inputs * Small.Modules) + (Small.Hidden * Small.Size), shared);
        Assert.Equal(shared, Count(Small with { ModularGates = true }));
        Assert.Equal(shared - (inputs * Small.Modules), Count(Small with { Method = TrainingMethods.Assigned }));

        int Count(SwitchingOptions options) => (int)BuiltInExperiments.Catalogue.Create(options, SimdKernels.Create(workers)).PredictionOperations!.Value;
    }

    [Theory]
    [InlineData("rules=0", "rules is 0; it must be from 1 to 32")]
    [InlineData("size=101", "size is 101; it must be from 1 to 100")]
    [InlineData("length=0", "length is 0; it must be from 1 to 1000")]
    [InlineData("sequences=0", "sequences is 0; it must be from 1 to 1000000")]
    [InlineData("hidden=0", "hidden is 0; it must be from 1 to 10000")]
    [InlineData("noiseVariance=0", "noiseVariance is 0; it must be a number above 0")]
    [InlineData("controller=multilayer", "controller is multilayer; it must be linear or table")]
    [InlineData("start=clusters", "start is clusters; it must be uniform or input or mode with --method em")]
    public void Options_out_of_range_are_refused(string setting, string message)
    {
        var options = OptionsJson.With(Small, [setting]);
        Assert.StartsWith(message, Assert.Throws<RunException>(options.Validate).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void More_numbers_than_an_array_can_have_are_refused()
    {
        var options = Small with { Sequences = 1_000_000, Length = 1000, Size = 100, BatchSize = 1 };
        Assert.Contains("sequences is 1000000; it must be so few that", Assert.Throws<RunException>(options.Validate).Message, StringComparison.Ordinal);
    }
}
