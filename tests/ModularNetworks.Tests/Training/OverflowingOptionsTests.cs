using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

/// <summary>
/// Sizes that are products of options (samples, candidates, selections, time steps, datapoints), where no index can count the product: each is
/// refused by what it is for, before anything is allocated.
/// </summary>
public sealed class OverflowingOptionsTests : IDisposable
{
    private const int Many = 1 << 29;

    private static readonly SequenceSizes Sequences = new(Items: 5, Embedding: 2, Hidden: 3, Modules: 3, Picks: 2, Steps: 4);

    private readonly Workbench _bench = new(Precision.Single);

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData(1, "8589934588 bytes")]
    [InlineData(2, "17179869176 bytes")]
    [InlineData(128, "1099511627264 bytes")]
    public void Samples_of_reinforce(int batchSize, string bytes)
    {
        var network = VectorNetwork.Create(layers: 1, modules: 2, picks: 1);
        var options = new ReinforceOptions { BatchSize = batchSize, Samples = int.MaxValue };
        var refusal = Assert.Throws<InsufficientMemoryException>(() => new Reinforce<VectorBatch>(
            network, new ToyProblem(230, RandomKey.FromSeed(1)), new Adam(network.Parameters, _bench.Kernels), _bench.Tape, RandomKey.FromSeed(2), options));
        Assert.StartsWith($"Reinforce, samples of a mini-batch: {bytes} are wanted", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Samples_of_an_e_step()
    {
        var stored = IndexTensor.Allocate(new Shape(1, 1));
        AssertTooLarge("CandidateSelection: the size 2147483647 + 1", () => new CandidateSelection(stored, int.MaxValue, RandomKey.FromSeed(1)));
        AssertTooLarge("CandidateSelection: the size 2147483647 + 1", () => new SampledCandidates<VectorBatch>(int.MaxValue));
    }

    [Fact]
    public void All_compositions_of_a_mini_batch()
    {
        var all = new AllCompositions(new CompositionLayout(new LayerLayout("layer", Modules: 64, Picks: 2)), "Soft EM, compositions");
        AssertTooLarge($"Soft EM, compositions: the size 4096 x {Many}", () => all.ForAll(_bench.Tape, Many));
    }

    [Fact]
    public void Scores_of_all_selections_of_time_steps()
    {
        var selections = new AllCompositions(new CompositionLayout(new LayerLayout("layer", Sequences.Modules, Sequences.Picks)), "Expected scores, selections");
        var steps = new ScoredSteps<SequenceBatch>(new SequenceNetwork(Sequences), selections);
        var batch = SequenceNetwork.Batch(RandomKey.FromSeed(1), Sequences, batch: 1, Precision.Single);
        var refusal = Assert.Throws<InsufficientMemoryException>(() => steps.Run(_bench.Pass.Search, batch, Many, sampleKey: null));
        Assert.StartsWith("Expected scores, selections of time steps: 154618822656 bytes are wanted", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_of_time_steps_with_many_candidates()
    {
        var search = _bench.Pass.Search;
        search.Begin(batchSize: 1, Many);
        _bench.Tape.Reset(recording: false);
        AssertTooLarge($"ForCandidates: the size 4 x {Many}", () => search.ForCandidates(Tensor.Allocate(new Shape(4, 1)), steps: 4));
        AssertTooLarge($"ForCandidates: the size 4 x {Many}", () => search.ForCandidates(IndexTensor.Allocate(new Shape(4))));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Samples_of_sequences(bool isPlain)
    {
        var network = isPlain ? SequenceNetwork.Plain(Sequences) : new SequenceNetwork(Sequences);
        var batch = SequenceNetwork.Batch(RandomKey.FromSeed(1), Sequences, batch: 1, Precision.Single);
        var stored = IndexTensor.Allocate(new Shape(1, network.Layout.Length));
        _bench.Tape.Reset(recording: false);
        _bench.Pass.Begin(new CandidateSelection(stored, Many - 1, RandomKey.FromSeed(2)), batchSize: 1);
        var refusal = Assert.Throws<ShapeException>(() => network.LogLikelihood(_bench.Pass, batch));
        Assert.Contains($": the size 4 x {Many} is none", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Distances_of_all_points_and_centres()
    {
        var points = Tensor.Allocate(new Shape(1 << 16, 1));
        var refusal = Assert.Throws<InsufficientMemoryException>(() => BalancedAssignment.Of(points, points));
        Assert.StartsWith("KMeans: 34359738368 bytes are wanted", refusal.Message, StringComparison.Ordinal);
    }

    private static void AssertTooLarge(string message, Func<object> call) =>
        Assert.StartsWith(message, Assert.Throws<ShapeException>(call).Message, StringComparison.Ordinal);
}
