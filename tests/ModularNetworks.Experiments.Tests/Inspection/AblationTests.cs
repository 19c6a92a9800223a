using ModularNetworks.Engine;

namespace ModularNetworks.Experiments.Tests;

public sealed class AblationTests
{
    [Theory]
    [InlineData("toy em", "loss")]
    [InlineData("ptb em", "perplexity")]
    [InlineData("optdigits em", "accuracy")]
    public void A_module_that_is_used_is_missed_and_comes_back(string name, string metric)
    {
        using var folder = new TemporaryFolder();
        using var workers = new WorkerPool(1);
        var experiment = Trained(name, folder, workers);
        double whole = Test(experiment, metric);

        var inspection = Ablation.AddTo(RunInspection.Make(experiment)!, experiment)!;

        Assert.Equal(new AblationBase(metric, whole), inspection.Ablation);
        ModuleDetail[] modules = [.. inspection.Layers.SelectMany(layer => layer.Details)];
        Assert.All(modules.Where(module => module.Usage == 0), module => Assert.Equal(whole, module.Without));
        Assert.Contains(modules, module => module.Without is { } without && without != whole);
        Assert.Equal(whole, Test(experiment, metric));
    }

    [Fact]
    public void Without_the_module_of_a_map_the_other_module_computes_it()
    {
        using var folder = new TemporaryFolder();
        using var workers = new WorkerPool(1);
        var experiment = Trained("toy em", folder, workers);
        var inspection = Ablation.AddTo(RunInspection.Make(experiment)!, experiment)!;
        var bias = experiment.Parameters.Single(parameter => parameter.Name == "controller.bias");
        bias.Value.Values[0] = -1e9f;
        Assert.Equal(Test(experiment, "loss"), inspection.Layers[0].Details[0].Without);
    }

    [Fact]
    public void Where_no_controller_has_a_bias_nothing_is_measured()
    {
        using var folder = new TemporaryFolder();
        using var workers = new WorkerPool(1);
        var experiment = Trained("toy topk", folder, workers);
        Assert.Null(Ablation.AddTo(RunInspection.Make(experiment)!, experiment));
    }

    private static Experiment Trained(string name, TemporaryFolder folder, WorkerPool workers)
    {
        var options = RunCase.Options(name, folder);
        RunCase.Summarize(options, folder["run"]);
        var experiment = BuiltInExperiments.Catalogue.Create(options, SimdKernels.Create(workers));
        RunFolder.Open(folder["run"]).Checkpoint.Read(experiment.Parameters, experiment.Trainer);
        return experiment;
    }

    private static double Test(Experiment experiment, string metric) => experiment.Evaluate("test").Of("test")![metric]!.Value;
}
