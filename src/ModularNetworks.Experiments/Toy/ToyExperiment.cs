using System.Globalization;
using ModularNetworks.Data;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>The toy regression problem (paper, section 3.1 and Figure 3), drawn from the seed.</summary>
public sealed class ToyExperiment : Experiment
{
    private readonly ToyOptions _options;
    private readonly ToyRegression _problem;
    private readonly ToyTraining _training;
    private readonly ToyTrainingSet _heldOut;
    private readonly Tape _tape;
    private readonly SnapshotCamera? _camera;

    /// <summary>Draws the problem, tries random starts and prepares the best one for training.</summary>
    /// <param name="options">The run's options.</param>
    /// <param name="kernels">Does the arithmetic.</param>
    public ToyExperiment(ToyOptions options, Kernels kernels)
        : base(kernels)
    {
        ArgumentNullException.ThrowIfNull(options);
        var key = RandomKey.FromSeed(options.Seed);
        _options = options;
        _tape = new Tape(kernels);
        _problem = ToyRegression.Generate(key.Split("data"), options.Points);
        _heldOut = new ToyTrainingSet(_problem.HeldOut);
        _training = ToyTraining.CreateBestStart(
            options, new ToyTrainingSet(_problem.Train), _tape, key.Split("starts"), out var bounds);
        StartBounds = bounds;
        if (!options.IsFixed)
            _camera = new SnapshotCamera(Plan(), _tape, Predict);
    }

    /// <summary>The experiment for catalogues.</summary>
    public static ExperimentKind Kind { get; } = ExperimentKind.Of<ToyOptions>(
        "Decomposes a random regression problem into two modules (paper, section 3.1).",
        (options, kernels) => new ToyExperiment(options, kernels));

    /// <summary>The training bound of every start tried, in nats per datapoint.</summary>
    public IReadOnlyList<double> StartBounds { get; }

    /// <inheritdoc/>
    public override ITrainer Trainer => _training.Trainer;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => _training.Network.Parameters;

    /// <inheritdoc/>
    public override long? PredictionOperations => _training.Network.MultiplyAdds;

    /// <summary>Measures the network on the held-out points.</summary>
    public ToyEvaluation Measure() => ToyEvaluation.Of(_training.Network, _heldOut, _tape, _options.CreateRule());

    /// <inheritdoc/>
    public override Measurement Evaluate(string split)
    {
        var measured = Measure();
        return Measurement.Of(
            TestSplit, "loss", measured.Loss, SelectionMetrics.OfOneLayer(measured.Statistics, _training.Network.Layout.Layers));
    }

    /// <inheritdoc/>
    public override NetworkSnapshot? Snapshot(bool isFirst)
    {
        if (_camera?.Take(isFirst) is not { } snapshot)
            return null;
        var own = new Dictionary<string, object> { ["maps"] = ToySnapshot.Maps(_training.Network.Modules) };
        if (isFirst)
            own["toy"] = ToySnapshot.Problem(_problem);
        return snapshot with { Own = own };
    }

    /// <inheritdoc/>
    public override NetworkInspection? Inspect()
    {
        if (_camera is null)
            return null;
        var (statistics, selections) = (new SelectionStatistics(), new RecordedSelections());
        _tape.Reset(recording: false);
        Predict(new ForwardPass(_tape) { Observer = new Observers(statistics, selections) });
        var network = _training.Network;
        var inspection = Inspections.Of(
            "test", statistics, network.Layout.Layers, [ToyInspection.Of(selections, _problem.HeldOut)]);
        return _options.CreateRule() is not ModeSelection ? inspection : InspectionSamples.AddTo(
            inspection, network, _tape, Trainer.Compositions, new ToyTrainingSet(_problem.Train), _heldOut);
    }

    /// <inheritdoc/>
    public override Measurement Complete(Measurement measured)
    {
        ArgumentNullException.ThrowIfNull(measured);
        return measured with { Solved = Measure().Solved };
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Preparations() => StartBounds.Count == 1 ? [] :
    [
        $"tried {StartBounds.Count} random starts for {Counted.Of(_options.TrialSteps, "step")}; training bounds in nats: "
            + string.Join(", ", StartBounds.Select(bound => bound.ToString("F2", CultureInfo.InvariantCulture)))
            + "; the best is trained on",
    ];

    /// <inheritdoc/>
    public override IEnumerable<string> Describe() => ToyDescription.Lines(_problem, _training.Network.Modules);

    private SnapshotPlan Plan() => SnapshotPlan.OfLayers(
        _training.Network.Layout.Layers, ToyInspection.Components, _problem.HeldOut.Components.ToArray(),
        // The output of a mixture is not that of its modules.
        _options.CreateRule() is ModeSelection ? ToySnapshot.MostPoints : 0);

    private void Predict(ForwardPass pass)
    {
        pass.Begin(_options.CreateRule(), _heldOut.Count);
        _training.Network.Predict(pass, _heldOut.All().Inputs);
    }
}
