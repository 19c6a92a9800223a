using ModularNetworks.Data;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments.Tests;

/// <summary>The experiments' networks are trained and run as mixtures.</summary>
public sealed class NoisyTopKTests
{
    private static readonly RandomKey Key = RandomKey.FromSeed(3);
    private static readonly NoisyTopKOptions Options = new() { BatchSize = 20, MixedModules = 2, LoadLoss = 0.1 };

    [Fact]
    public void A_language_model_learns()
    {
        const int words = 12;
        int[] text = [.. Enumerable.Range(0, 2000).Select(i => i * i % words)];
        var data = new TextTrainingSet(new WindowedText(text, length: 6));
        var sizes = new LanguageModelSizes { Modules = 4, Window = 6 };
        AssertLearns(new LanguageModel(sizes, words, new MixtureSelection(4), Key), data, data.Load([0, 1, 2]), batchSize: 3);
    }

    [Fact]
    public void A_toy_network_learns()
    {
        var data = new ToyTrainingSet(ToyRegression.Generate(Key, points: 100).Train);
        var network = new ToyNetwork(4, 1, new MixtureSelection(4), GaussianLikelihood.Fixed(1), Key);
        AssertLearns(network, data, data.All(), data.Count);
    }

    private static void AssertLearns<TBatch>(
        ModularNetwork<TBatch> network, ITrainingSet<TBatch> data, TBatch heldOut, int batchSize)
    {
        using var workers = new WorkerPool(1);
        var kernels = SimdKernels.Create(workers);
        var tape = new Tape(kernels);
        var trainer = new NoisyTopK<TBatch>(network, data, new Adam(network.Parameters, kernels, 0.01), tape, Key, Options);
        double before = trainer.Step().LogLikelihood;
        for (int i = 0; i < 200; i++)
            trainer.Step();
        double after = trainer.Step().LogLikelihood;
        Assert.True(after > before + 0.2, $"The log-likelihood went from {before} to {after}.");

        var pass = new ForwardPass(tape);
        tape.Reset(recording: false);
        pass.Begin(new MixtureSelection(Options.MixedModules), batchSize);
        Assert.True(double.IsFinite(tape.Mean(network.LogLikelihood(pass, heldOut)).ToScalar()));
    }
}
