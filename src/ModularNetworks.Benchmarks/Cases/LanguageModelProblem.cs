using ModularNetworks.Engine;

namespace ModularNetworks.Benchmarks;

/// <summary>One mini-batch of random words, which is the whole training set, and language models for it.</summary>
/// <param name="setup">Makes words and weights.</param>
/// <param name="sizes">The models' sizes.</param>
/// <param name="vocabulary">The number of words.</param>
/// <param name="batchSize">The number of windows.</param>
internal sealed class LanguageModelProblem(BenchSetup setup, LanguageModelSizes sizes, int vocabulary, int batchSize) : ITrainingSet<TextBatch>
{
    public int[] Datapoints { get; } = [.. Enumerable.Range(0, batchSize)];

    public TextBatch Batch { get; } = new(RandomWords(setup, sizes, vocabulary, batchSize, "inputs"), RandomWords(setup, sizes, vocabulary, batchSize, "targets"));

    public int Count => batchSize;

    public TextBatch Load(ReadOnlySpan<int> datapoints) => Batch;

    public LanguageModel Model(SelectionRule rule) => new(sizes, vocabulary, rule, setup.Key.Split("network"));

    public CompositionStore Compositions(LanguageModel model) => new(model.Layout, batchSize, setup.Key.Split("compositions"));

    private static IndexTensor RandomWords(BenchSetup setup, LanguageModelSizes sizes, int vocabulary, int batchSize, string name) =>
        setup.RandomIndices(new Shape(sizes.Window * batchSize), vocabulary, name);
}
