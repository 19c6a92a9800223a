using ModularNetworks;
using ModularNetworks.Engine;
using ModularNetworks.Experiments;

/// <summary>y = |x| with two modules: options, data, network, and what the report shows of it.</summary>
internal sealed class BentLine : Experiment
{
    private static readonly string[] Sides = ["x below 0", "x from 0"];

    private readonly Network _network;
    private readonly Points _points;
    private readonly Tape _tape;
    private readonly SelectionRule _rule;
    private readonly SnapshotCamera _camera;

    private BentLine(Settings options, Kernels kernels)
        : base(kernels)
    {
        var key = RandomKey.FromSeed(options.Seed);
        (_tape, _rule, _points) = (new Tape(kernels), options.CreateRule(), new Points(options.Points));
        _network = new Network(options, key.Split("network"));
        _camera = new SnapshotCamera(SnapshotPlan.OfLayers(_network.Layout.Layers, Sides, _points.Sides), _tape, Run);
        var optimizer = Optimizers.Create(options.Optimizer, _network.Parameters, kernels);
        Trainer = Trainers.Create(options, _network, _points, optimizer, _tape, key.Split("training"));
    }

    public static ExperimentKind Kind { get; } =
        ExperimentKind.Of<Settings>("Learns a bent line.", (options, kernels) => new BentLine(options, kernels));

    public override ITrainer Trainer { get; }

    public override IReadOnlyList<Parameter> Parameters => _network.Parameters;

    public override Measurement Evaluate(string split)
    {
        var statistics = new SelectionStatistics();
        double logLikelihood = Look(statistics);
        return Measurement.Of(split, "bend", logLikelihood, SelectionMetrics.OfOneLayer(statistics, _network.Layout.Layers));
    }

    // Drawn by the report: the controller's decisions over time, and which module has which side.
    public override NetworkSnapshot? Snapshot(bool isFirst) => _camera.Take(isFirst);

    public override NetworkInspection? Inspect()
    {
        var (statistics, selections) = (new SelectionStatistics(), new RecordedSelections());
        Look(statistics);
        Look(selections);
        var counts = new ModuleLabelCounts(Sides.Length, selections.Modules(0));
        for (int n = 0; n < _points.Count; n++)
            counts.Add(_points.Sides[n], selections.Mode(layer: 0, step: 0, n, k: 0));
        var findings = new LayerFindings([("side", counts)], module => new ModuleDetail { Classes = Inspections.Classes(counts, Sides, module) });
        return Inspections.Of(TestSplit, statistics, _network.Layout.Layers, [findings]);
    }

    private double Look(ISelectionObserver observer)
    {
        _tape.Reset(recording: false);
        return Score(new ForwardPass(_tape) { Observer = observer });
    }

    private void Run(ForwardPass pass) => Score(pass);

    private double Score(ForwardPass pass)
    {
        pass.Begin(_rule, _points.Count);
        return _tape.Mean(_network.LogLikelihood(pass, _points.Load([.. Enumerable.Range(0, _points.Count)]))).ToScalar();
    }

    /// <summary>The options: <c>config.json</c> of the run folder.</summary>
    internal sealed record Settings : RunOptions
    {
        public Settings()
        {
            (Modules, Steps, BatchSize, Threads, Seed) = (2, 300, 50, 1, 1);
            Optimizer = new() { LearningRate = 0.03 };
            Intervals = new() { LogEvery = 50, EvaluateEvery = 50, CheckpointEvery = 100 };
        }

        public override string Experiment => "bent-line";

        /// <summary>The number of points, an option of this experiment alone.</summary>
        public int Points { get; init; } = 100;

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

        public int[] Sides => [.. Enumerable.Range(0, count).Select(n => n < count / 2 ? 0 : 1)];

        public Batch Load(ReadOnlySpan<int> datapoints)
        {
            float[] x = [.. datapoints.ToArray().Select(n => ((2f * n) + 1 - count) / count)];
            var shape = new Shape(x.Length, 1);
            return new Batch(Tensor.From(shape, x), Tensor.From(shape, [.. x.Select(MathF.Abs)]));
        }
    }

    private sealed class Network : LayeredNetwork<Batch>
    {
        private readonly GaussianLikelihood _noise = GaussianLikelihood.Fixed(variance: 0.01);
        private readonly ModularLayer _sides;

        public Network(Settings options, RandomKey key)
            : base(key) => _sides = AddModular(
                "sides",
                (name, key) => new LinearModules(name, options.Modules, inputs: 1, outputs: 1, Activation.None, key),
                (name, key) => options.CreateRule().CreateChooser(
                    options.Picks,
                    () => new LinearController(name, inputs: 1, options.Modules, options.Picks, key),
                    () => new NoisyGate(name, inputs: 1, options.Modules)));

        public override Tensor LogLikelihood(ForwardPass pass, Batch batch) => _noise.LogLikelihood(pass, _sides.Forward(pass, batch.X), batch.Y);
    }
}
