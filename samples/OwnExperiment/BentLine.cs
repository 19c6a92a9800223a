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
        var findings = new LayerFindings([("side", counts)], module => new ModuleDetail
        {
            Classes = Inspections.Classes(counts, Sides, module),
            Datapoints = Inspections.Typical(selections, layer: 0, module, _points.Count),
        });
        return Inspections.Of(TestSplit, statistics, _network.Layout.Layers, [findings]).WithDatapoints(Drawn);
    }

    // The report knows texts, images and rows; a point on the line is a drawing of one's own.
    private ShownDatapoint Drawn(int point)
    {
        float x = _points.X(point);
        string place = FormattableString.Invariant($"<circle cx='{32 + (24 * x)}' cy='{40 - (24 * MathF.Abs(x))}' r='5' fill='#d55e00'/>");
        return ShownDatapoint.OfDrawing(
            FormattableString.Invariant($"x = {x:F2}"),
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" width='64' height='48'><path d='M8 16L32 40L56 16' fill='none' stroke='#6b6b6b' stroke-width='2'/>{place}</svg>");
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

        public float X(int point) => ((2f * point) + 1 - count) / count;

        public Batch Load(ReadOnlySpan<int> datapoints)
        {
            float[] x = [.. datapoints.ToArray().Select(X)];
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
