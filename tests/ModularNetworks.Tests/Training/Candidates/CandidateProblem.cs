using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

/// <summary>A small network in double precision, four datapoints, and the scores of all their compositions.</summary>
internal abstract class CandidateProblem : IDisposable
{
    public const int Batch = 4;

    public static readonly int[] Datapoints = [0, 1, 2, 3];

    private static readonly SequenceSizes Sequences = new(Items: 5, Embedding: 2, Hidden: 3, Modules: 2, Picks: 2, Steps: 2);

    /// <summary>
    /// Two layers; one that picks twice; one with a two-level controller; sequences run by steps, by steps without a fused
    /// kernel, as a whole, and unrolled by their author.
    /// </summary>
    public static TheoryData<string> Names => ["layers", "picks", "levels", "steps", "plain steps", "whole", "unrolled"];

    public Workbench Bench { get; } = new(Precision.Double);

    public abstract CompositionLayout Layout { get; }

    public int Count => (int)Layout.CompositionCount;

    /// <summary>log p(a|x) of every composition and datapoint.</summary>
    public abstract double[][] Selection { get; }

    /// <summary>log p(y|x, a) + log p(a|x) of every composition and datapoint.</summary>
    public abstract double[][] Joint { get; }

    public static CandidateProblem Create(string name, ulong seed = 1, double controllerScale = 1) => name switch
    {
        "layers" => Vectors(VectorNetwork.Create(layers: 2, modules: 3, picks: 1), seed, controllerScale),
        "picks" => Vectors(VectorNetwork.Create(layers: 1, modules: 3, picks: 2), seed, controllerScale),
        "levels" => Vectors(new VectorNetwork(GaussianLikelihood.Fixed(1), LeveledLayer()), seed, controllerScale),
        "steps" => Recurrent(new SequenceNetwork(Sequences), isWhole: false, seed, controllerScale),
        "plain steps" => Recurrent(SequenceNetwork.Plain(Sequences), isWhole: false, seed, controllerScale),
        "whole" => Recurrent(new SequenceNetwork(Sequences), isWhole: true, seed, controllerScale),
        "unrolled" => Recurrent(new UnrolledSequenceNetwork(Sequences), isWhole: true, seed, controllerScale),
        _ => throw new ArgumentException(name),
    };

    /// <summary>The compositions that a strategy tries, stored ones first: <c>[candidates, batch]</c>, by number.</summary>
    public abstract int[][] Candidates(EStepCandidates kind, int samples, CompositionStore store, RandomKey key);

    /// <summary>The scores of these candidates by a run of the network, <c>[candidates, batch]</c>.</summary>
    public abstract double[][] Scores(EStepCandidates kind, int samples, CompositionStore store, RandomKey key);

    public abstract EStepResult RunEStep(EStepCandidates kind, int samples, CompositionStore store, RandomKey key);

    public int[] Stored(CompositionStore store) =>
        [.. Datapoints.Select(n => Enumeration.IndexOf(Layout, [.. Enumerable.Range(0, Layout.Length).Select(i => store[n, i])]))];

    public void Dispose() => Bench.Dispose();

    private static ModularLayer LeveledLayer() => new(
        "layer",
        new LinearModules("modules", 4, 2, 2, Activation.None, RandomKey.FromSeed(1)),
        new MultiLevelController("controller", inputs: 2, branches: 2, levels: 2, picks: 2, RandomKey.FromSeed(2)));

    private static Problem<VectorBatch> Vectors(VectorNetwork network, ulong seed, double controllerScale)
    {
        Randomize(network.Parameters, seed, controllerScale);
        return new(network, VectorNetwork.Batch(RandomKey.FromSeed(seed), Batch, size: 2, Precision.Double));
    }

    private static Problem<SequenceBatch> Recurrent(SequenceNetwork network, bool isWhole, ulong seed, double controllerScale)
    {
        Randomize(network.Parameters, seed, controllerScale);
        var data = SequenceNetwork.Batch(RandomKey.FromSeed(seed), Sequences, Batch, Precision.Double);
        return new(isWhole ? new WholeNetwork<SequenceBatch>(network) : network, data);
    }

    private static void Randomize(IReadOnlyList<Parameter> parameters, ulong seed, double controllerScale)
    {
        Numbers.Randomize(parameters, RandomKey.FromSeed(seed).Split("parameters"), Precision.Double);
        foreach (var parameter in parameters.Where(parameter => parameter.Name.Contains("controller", StringComparison.Ordinal)))
            parameter.Value.Set([.. parameter.Value.ToDoubles().Select(value => value * controllerScale)]);
    }

    private sealed class Problem<TBatch> : CandidateProblem
    {
        private readonly ModularNetwork<TBatch> _network;
        private readonly TBatch _data;

        public Problem(ModularNetwork<TBatch> network, TBatch data)
        {
            (_network, _data) = (network, data);
            (Selection, Joint) = Enumeration.Scores(Bench, network, data, Batch);
        }

        public override CompositionLayout Layout => _network.Layout;

        public override double[][] Selection { get; }

        public override double[][] Joint { get; }

        public override int[][] Candidates(EStepCandidates kind, int samples, CompositionStore store, RandomKey key)
        {
            Run(Strategy(kind, samples), store, key);
            int[] picks = new int[Layout.Length];
            return Rows(row =>
            {
                Bench.Pass.Trace.CopyComposition(row, picks);
                return Enumeration.IndexOf(Layout, picks);
            });
        }

        public override double[][] Scores(EStepCandidates kind, int samples, CompositionStore store, RandomKey key)
        {
            double[] joint = Bench.Joint(Run(Strategy(kind, samples), store, key));
            return Rows(row => joint[row]);
        }

        public override EStepResult RunEStep(EStepCandidates kind, int samples, CompositionStore store, RandomKey key) =>
            new EStep<TBatch>(_network, store, Bench.Tape, Strategy(kind, samples)).Run(Datapoints, _data, key);

        private CandidateStrategy<TBatch> Strategy(EStepCandidates kind, int samples) => kind switch
        {
            EStepCandidates.Exhaustive => new ExhaustiveCandidates<TBatch>(Layout),
            EStepCandidates.Distinct => new DistinctCandidates<TBatch>(_network, samples),
            EStepCandidates.Greedy => new GreedyCandidates<TBatch>(_network),
            _ => new SampledCandidates<TBatch>(samples),
        };

        private Tensor Run(CandidateStrategy<TBatch> strategy, CompositionStore store, RandomKey key)
        {
            var stored = IndexTensor.Allocate(new Shape(Batch, Layout.Length));
            store.CopyTo(stored.Values, Datapoints);
            Bench.Tape.Reset(recording: false);
            Bench.Pass.Begin(strategy.Propose(Bench.Pass, stored, _data, key), Batch);
            return _network.LogLikelihood(Bench.Pass, _data);
        }

        private T[][] Rows<T>(Func<int, T> ofRow) =>
            [.. Enumerable.Range(0, Bench.Pass.Rows).Select(ofRow).Chunk(Batch)];
    }
}
