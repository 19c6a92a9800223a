using ModularNetworks.Engine;
using ModularNetworks.Experiments;

namespace ModularNetworks.Cli.Tests.OwnExperiment;

/// <summary>
/// An experiment of one's own, in one file: its options, its data, its network and its measurement. Two modules learn the two halves of
/// y = |x|. This assembly sees nothing internal of the library.
/// </summary>
internal sealed class BentLine : Experiment
{
    private readonly Network _network;
    private readonly Points _points;
    private readonly Tape _tape;
    private readonly SelectionRule _rule;

    private BentLine(Settings options, Kernels kernels)
        : base(kernels)
    {
        var key = RandomKey.FromSeed(options.Seed);
        _tape = new Tape(kernels);
        _rule = options.CreateRule();
        _points = new Points(options.Points);
        _network = new Network(options, key.Split("network"));
        var optimizer = Optimizers.Create(options.Optimizer, _network.Parameters, kernels);
        Trainer = Trainers.Create(options, _network, _points, optimizer, _tape, key.Split("training"));
    }

    /// <summary>The experiment for catalogues.</summary>
    public static ExperimentKind Kind { get; } =
        ExperimentKind.Of<Settings>("Learns a bent line.", (options, kernels) => new BentLine(options, kernels));

    public override ITrainer Trainer { get; }

    public override IReadOnlyList<Parameter> Parameters => _network.Parameters;

    public override Measurement Evaluate(string split)
    {
        var statistics = new SelectionStatistics();
        var pass = new ForwardPass(_tape) { Observer = statistics };
        _tape.Reset(recording: false);
        pass.Begin(_rule, _points.Count);
        double logLikelihood = _tape.Mean(_network.LogLikelihood(pass, _points.Load([.. Enumerable.Range(0, _points.Count)]))).ToScalar();
        return Measurement.Of(split, "bend", logLikelihood, SelectionMetrics.OfOneLayer(statistics, _network.Layout.Layers));
    }

    /// <summary>The options.</summary>
    internal sealed record Settings : RunOptions
    {
        public Settings()
        {
            (Modules, Steps, BatchSize, Threads) = (2, 30, 8, 1);
            Optimizer = new() { LearningRate = 0.05 };
            Intervals = new() { LogEvery = 5, EvaluateEvery = 10, CheckpointEvery = 10 };
        }

        public override string Experiment => "bent-line";

        /// <summary>The number of points.</summary>
        public int Points { get; init; } = 40;

        public override void Validate()
        {
            base.Validate();
            RequireAtLeastOne("points", Points);
        }
    }

    private sealed record Batch(Tensor X, Tensor Y);

    private sealed class Points(int count) : ITrainingSet<Batch>
    {
        public int Count => count;

        public Batch Load(ReadOnlySpan<int> datapoints)
        {
            float[] x = [.. datapoints.ToArray().Select(n => (2f * n / count) - 1)];
            var shape = new Shape(x.Length, 1);
            return new Batch(Tensor.From(shape, x), Tensor.From(shape, [.. x.Select(MathF.Abs)]));
        }
    }

    private sealed class Network : ModularNetwork<Batch>
    {
        private readonly ModularLayer _layer;
        private readonly GaussianLikelihood _noise = GaussianLikelihood.Fixed(variance: 0.1);

        public Network(Settings options, RandomKey key) => _layer = new ModularLayer(
            "layer",
            new LinearModules("modules", options.Modules, 1, 1, Activation.None, key.Split("modules")),
            options.CreateRule().CreateChooser(
                options.Picks,
                () => new LinearController("controller", 1, options.Modules, options.Picks, key.Split("controller")),
                () => new NoisyGate("gate", 1, options.Modules)));

        public override CompositionLayout Layout => new(_layer.Layout);

        public override IReadOnlyList<Parameter> Parameters => [.. _layer.Parameters];

        public override Tensor LogLikelihood(ForwardPass pass, Batch batch) =>
            _noise.LogLikelihood(pass, _layer.Forward(pass, batch.X), batch.Y);
    }
}
