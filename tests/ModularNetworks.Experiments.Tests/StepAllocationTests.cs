using ModularNetworks.Data;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments.Tests;

/// <summary>
/// Steady training allocates nothing, on no thread. The bytes of all threads are counted, so that no other test may run
/// meanwhile.
/// </summary>
[Collection(nameof(StepAllocationTests))]
[CollectionDefinition(nameof(StepAllocationTests), DisableParallelization = true)]
public sealed class StepAllocationTests
{
    private static readonly RandomKey Key = RandomKey.FromSeed(4);

    [Theory]
    [InlineData(TrainingMethods.Em)]
    [InlineData(TrainingMethods.Reinforce)]
    [InlineData(TrainingMethods.TopK)]
    public void The_language_models_steps_allocate_nothing(string method)
    {
        const int words = 300;
        int[] text = [.. Enumerable.Range(0, 3000).Select(i => i * i % words)];
        var data = new TextTrainingSet(new WindowedText(text, length: 12));
        var sizes = new LanguageModelSizes { Modules = 4, Picks = method == TrainingMethods.TopK ? 1 : 2, Window = 12 };
        AssertAllocatesNothing(new LanguageModel(sizes, words, RuleOf(method), Key), data, method);
    }

    [Theory]
    [InlineData(TrainingMethods.Em)]
    [InlineData(TrainingMethods.Reinforce)]
    [InlineData(TrainingMethods.TopK)]
    public void The_toy_networks_steps_allocate_nothing(string method)
    {
        var data = new ToyTrainingSet(ToyRegression.Generate(Key, points: 100).Train);
        var network = new ToyNetwork(4, 1, RuleOf(method), GaussianLikelihood.Fixed(1), Key);
        AssertAllocatesNothing(network, data, method);
    }

    [Theory]
    [InlineData(TrainingMethods.Em, ImageController.Linear)]
    [InlineData(TrainingMethods.Em, ImageController.Conv)]
    [InlineData(TrainingMethods.Reinforce, ImageController.Linear)]
    [InlineData(TrainingMethods.Reinforce, ImageController.Conv)]
    [InlineData(TrainingMethods.TopK, ImageController.Linear)]
    public void The_image_classifiers_steps_allocate_nothing(string method, ImageController controller)
    {
        using var workers = new WorkerPool(2);
        var options = new Cifar10Options
        {
            Method = method,
            Controller = controller,
            Modules = 4,
            Picks = method == TrainingMethods.TopK ? 1 : 2,
            Convolutions = 2,
            Filters = 3,
            Hidden = 12,
            BatchSize = 20,
        };
        var experiment = new ImageClassifierExperiment(options, SmallImages.Splits(), SimdKernels.Create(workers));
        AssertAllocatesNothing(experiment.Trainer);
    }

    [Theory]
    [InlineData(TrainingMethods.Em, false)]
    [InlineData(TrainingMethods.Em, true)]
    [InlineData(TrainingMethods.Reinforce, true)]
    [InlineData(TrainingMethods.TopK, true)]
    public void The_modular_perceptrons_steps_allocate_nothing(string method, bool shared)
    {
        using var workers = new WorkerPool(2);
        var options = new RulesOptions { Method = method, Points = 100, BatchSize = 20, Network = new() { Shared = shared } };
        AssertAllocatesNothing(BuiltInExperiments.Catalogue.Create(options, SimdKernels.Create(workers)).Trainer);
    }

    private static SelectionRule RuleOf(string method) => method == TrainingMethods.TopK ? new MixtureSelection(4) : new ModeSelection();

    private static void AssertAllocatesNothing<TBatch>(
        ModularNetwork<TBatch> network, ITrainingSet<TBatch> data, string method)
    {
        using var workers = new WorkerPool(2);
        var kernels = SimdKernels.Create(workers);
        var (adam, tape) = (new Adam(network.Parameters, kernels), new Tape(kernels));
        AssertAllocatesNothing(method switch
        {
            TrainingMethods.Reinforce => new Reinforce<TBatch>(
                network, data, adam, tape, Key, new ReinforceOptions { BatchSize = 20 }),
            TrainingMethods.TopK => new NoisyTopK<TBatch>(
                network, data, adam, tape, Key, new NoisyTopKOptions { BatchSize = 20, MixedModules = 2 }),
            _ => (ITrainer)new ViterbiEm<TBatch>(
                network, data, adam, tape, Key, new ViterbiEmOptions { BatchSize = 20, Samples = 3, MStepsPerEStep = 4 }),
        });
    }

    // So many steps go several times over the data, so that the last mini-batch of a pass, which may be smaller, is among them.
    private static void AssertAllocatesNothing(ITrainer trainer) => Allocations.AssertNoneOnAnyThread(() =>
    {
        for (int i = 0; i < 60; i++)
            trainer.Step();
    });
}
