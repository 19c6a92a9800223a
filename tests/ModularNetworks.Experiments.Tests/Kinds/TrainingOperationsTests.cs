using ModularNetworks.Engine;

namespace ModularNetworks.Experiments.Tests;

public sealed class TrainingOperationsTests
{
    // Word vectors of 4, states of 3, three modules of which one is used: gates, module, controller, softmax over the words.
    private const long Gates = (3 + 4) * 2 * 3;
    private const long Module = (3 + 4) * 3;
    private const long Controller = (3 + 4) * 3;
    private const int Batch = 8;
    private const int Window = 5;

    [Fact]
    public void A_language_model_counts_gates_modules_controller_and_softmax()
    {
        long words = Words();
        Assert.Equal(Gates + Module + Controller + (3 * words), Count("ptb em").Prediction);
        Assert.Equal(Gates + (2 * Module) + (3 * words), Count("ptb fixed").Prediction);
        Assert.Equal(Gates + (2 * Module) + (2 * Controller) + (3 * words), Count("ptb topk", options => options with { TopK = new() { MixedModules = 2 } }).Prediction);
    }

    [Fact]
    public void A_multilayer_controller_counts_its_hidden_layer_too()
    {
        var (linear, multilayer) = (Count("ptb em").Prediction, Count("ptb em", options => (LanguageModelOptions)options with
        {
            Controller = ControllerKind.Multilayer,
            ControllerUnits = 5,
        }).Prediction);
        Assert.Equal(linear + ((3 + 4) * 5) + (5 * 3), multilayer);
    }

    [Theory]
    [InlineData("ptb fixed", 24 * 3)]
    [InlineData("ptb topk", 24 * 3)]
    [InlineData("ptb expected", 24 * (3 + 3))]
    [InlineData("ptb em", (24 * 3) + (6 * 3))] // E-steps before every fourth step, of two samples and a*
    public void Steps_count_three_predictions_and_E_steps_one_for_each_candidate(string name, double predictions)
    {
        var (prediction, training) = Count(name);
        Assert.Equal(predictions * Batch * Window * prediction, training);
    }

    [Fact]
    public void Samples_and_candidates_count()
    {
        var (prediction, training) = Count("ptb reinforce", options => options with { Reinforce = new() { RewardSamples = 4 } });
        Assert.Equal(24 * 3 * 4 * Batch * Window * prediction, training);
        (prediction, training) = Count("ptb em", options => options with { Em = options.Em with { Candidates = EStepCandidates.Exhaustive } });
        Assert.Equal(((24 * 3) + (6 * 243)) * Batch * Window * prediction, training);
        (prediction, training) = Count("ptb em", options => options with { Em = options.Em with { Candidates = EStepCandidates.Greedy } });
        Assert.Equal(((24 * 3) + (6 * 5)) * Batch * Window * prediction, training);
        (prediction, training) = Count("ptb em", options => options with { Em = options.Em with { Key = CompositionKeys.Token } });
        Assert.Equal(((24 * 3) + (6 * 3)) * Batch * Window * prediction, training);
        (prediction, training) = Count("ptb em", options => options with { Em = options.Em with { MStepsPerEStep = 0 } });
        Assert.Equal(24 * 3 * Batch * Window * prediction, training);
        (prediction, training) = Count("ptb em", options => options with { Expected = new() { ExpectedAfter = 8 } });
        Assert.Equal(((24 * 3) + (2 * 3) + (16 * 3)) * Batch * Window * prediction, training);
        (prediction, training) = Count("digits em", options => options with { Expected = new() { ExpectedAfter = 8, ExpectedUntil = 14 } });
        Assert.Equal(((24 * 3) + ((2 + 3) * 3) + (6 * 9)) * Batch * prediction, training);
        // A last E-step that is followed by less than k steps is a whole one.
        (prediction, training) = Count("ptb em", options => options with { Steps = 25 });
        Assert.Equal(((25 * 3) + (7 * 3)) * Batch * Window * prediction, training);
    }

    [Fact]
    public void Steps_of_soft_EM_train_all_compositions()
    {
        // Two layers of three modules each have nine compositions.
        var (prediction, training) = Count("digits em", options => options with { Em = options.Em with { SoftUntil = 8 } });
        Assert.Equal(((8 * 9 * 3) + (16 * 3) + (4 * 3)) * Batch * prediction, training);
        (prediction, training) = Count("digits em", options => options with { Em = options.Em with { SoftUntil = 8 }, Expected = new() { ExpectedAfter = 16 } });
        Assert.Equal(((8 * 9 * 3) + (16 * 3) + (2 * 3) + (8 * 9)) * Batch * prediction, training);
    }

    private static long Words()
    {
        using var folder = new TemporaryFolder();
        return Data.PennTreebank.Load(SmallText.WriteTo(folder)).Vocabulary.Count;
    }

    private static (long Prediction, double Training) Count(string name, Func<RunOptions, RunOptions>? change = null)
    {
        using var folder = new TemporaryFolder();
        var options = RunCase.Options(name, folder);
        options = change?.Invoke(options) ?? options;
        using var workers = new WorkerPool(1);
        var experiment = BuiltInExperiments.Catalogue.Create(options, SimdKernels.Create(workers));
        return (experiment.PredictionOperations!.Value, TrainingOperations.Of(options, experiment)!.Value);
    }
}
