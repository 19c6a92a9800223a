using ModularNetworks.Data;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>A <see cref="ModularMlp"/> on vectors whose targets come from several rules.</summary>
public class TaskExperiment : Experiment
{
    private const string TrainSplit = "train";
    private const string ValidSplit = "valid";
    private const int SnapshotPoints = 500;

    /// <summary>The name of the key that decides the clusters of inputs.</summary>
    internal const string ClustersKey = "clusters";

    private readonly RunOptions _options;
    private readonly TaskEvaluation _evaluation;
    private readonly Tape _tape;
    private readonly VectorTrainingSet _train;
    private readonly VectorTrainingSet _valid;
    private readonly VectorTrainingSet _test;
    private readonly SnapshotCamera? _camera;

    /// <summary>Creates the network and its trainer.</summary>
    /// <param name="options">The run's options.</param>
    /// <param name="sizes">The network's sizes.</param>
    /// <param name="settings">The network's options.</param>
    /// <param name="data">The data.</param>
    /// <param name="kernels">Does the arithmetic.</param>
    /// <param name="kept">The clusters of the inputs that a run has kept; null if they are to be fitted.</param>
    /// <exception cref="RunException">The sizes ask for a tensor that cannot be.</exception>
    public TaskExperiment(RunOptions options, ModularMlpSizes sizes, ModularMlpSettings settings, TaskSplits data, Kernels kernels, Clusters? kept = null)
        : base(kernels)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(sizes);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(data);
        var key = RandomKey.FromSeed(options.Seed);
        (_options, DataFingerprint, _tape) = (options, data.Fingerprint, new Tape(kernels));
        var start = new TaskStart(options, sizes, settings, data, key.Split(ClustersKey), kept);
        Clusters = start.InputKeys.Clusters;
        _train = new(data.Train, start.InputKeys.Of(data.Train));
        _valid = new(data.Valid, start.InputKeys.Of(data.Valid));
        _test = new(data.Test, start.InputKeys.Of(data.Test));
        Rule = start.Rule;
        Network = Create(options, start.Sizes, Rule, key.Split("network"));
        start.Apply(Network);
        PredictionOperations = Network.MultiplyAdds + start.MultiplyAdds;
        _evaluation = new TaskEvaluation(Network, _tape, Rule, data.TargetDeviation, data.TellsLoss);
        if (!options.IsFixed)
            _camera = Camera();
        var optimizer = Optimizers.Create(options.Optimizer, Network.Parameters, kernels);
        Trainer = Trainers.Create(options, Network, _train, optimizer, _tape, key.Split("training"), start.Compositions);
    }

    /// <summary>The way from the columns of a table to the vectors; null if they are no table.</summary>
    internal TableEncoding? TableEncoding { get; init; }

    /// <summary>The network.</summary>
    public ModularMlp Network { get; }

    /// <summary>How the trained network selects its modules.</summary>
    public SelectionRule Rule { get; }

    /// <summary>What is predicted.</summary>
    public TableTarget Target => _train.Points.Classes is { Count: > 0 } classes
        ? new TableTarget { Name = "class", Classes = classes }
        : new TableTarget { Name = "number" };

    /// <summary>The clusters of the inputs; null if nothing begins by them.</summary>
    public Clusters? Clusters { get; }

    /// <inheritdoc/>
    public sealed override ITrainer Trainer { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => Network.Parameters;

    /// <inheritdoc/>
    public override long? PredictionOperations { get; }

    /// <inheritdoc/>
    public override string DataFingerprint { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Splits => [TrainSplit, ValidSplit, TestSplit];

    /// <inheritdoc/>
    public override Measurement Evaluate(double bestValid) =>
        Evaluate(ValidSplit).With(new SplitResult(TestSplit, _evaluation.Measure(_test)));

    /// <inheritdoc/>
    public override Measurement Evaluate(string split) =>
        _evaluation.Measure(split, split switch { TrainSplit => _train, ValidSplit => _valid, _ => _test });

    /// <inheritdoc/>
    internal override int PredictOne()
    {
        _evaluation.PredictOne(_valid);
        return 1;
    }

    /// <inheritdoc/>
    public override Measurement Complete(Measurement measured)
    {
        ArgumentNullException.ThrowIfNull(measured);
        var train = new SplitResult(TrainSplit, _evaluation.Measure(_train));
        if (Trainer.Compositions is { } compositions)
        {
            var (name, value) = _evaluation.MeasureStored(_train, compositions)[0];
            train = train with { Numbers = [.. train.Numbers, ($"stored{char.ToUpperInvariant(name[0])}{name[1..]}", value)] };
        }
        return measured.With(train);
    }

    /// <inheritdoc/>
    public override NetworkSnapshot? Snapshot(bool isFirst) => _camera?.Take(isFirst);

    /// <inheritdoc/>
    public override NetworkInspection? Inspect()
    {
        if (_options.IsFixed)
            return null;
        var (statistics, found) = (new SelectionStatistics(), new TaskInspection(_test.Points, TableEncoding));
        _evaluation.Look(_test, statistics, found.Add);
        var inspection = Inspections.Of(TestSplit, statistics, Network.Layout.Layers, found.Findings());
        return Rule is ModeSelection
            ? InspectionSamples.AddTo(inspection, Network, _tape, Trainer.Compositions, _train, _test)
            : inspection;
    }

    /// <summary>Takes snapshots of some test datapoints of all tasks.</summary>
    private SnapshotCamera Camera()
    {
        // Datapoints at even distances might all be of one task.
        int[] order = [.. Enumerable.Range(0, _test.Count)];
        RandomKey.FromSeed(0).Split("snapshot").Shuffle(order);
        int[] chosen = order[..Math.Min(SnapshotPoints, order.Length)];
        var (names, labelOf) = TaskInspection.Labels(_test.Points);
        var plan = SnapshotPlan.OfLayers(Network.Layout.Layers, names, [.. chosen.Select(labelOf)]);
        return new SnapshotCamera(plan, _tape, pass =>
        {
            pass.Begin(Rule, chosen.Length);
            Network.Predict(pass, _test.Load(chosen));
        });
    }

    private static ModularMlp Create(RunOptions options, ModularMlpSizes sizes, SelectionRule rule, RandomKey key)
    {
        try
        {
            return new ModularMlp(sizes, rule, key);
        }
        catch (ShapeException exception) when (exception.IsTooLarge)
        {
            throw new RunException(
                $"The sizes ask for a tensor of more than {Shape.MaxCount} numbers. Lower the larger of --modules {options.Modules} and "
                + $"--set hidden={sizes.Hidden}.", exception);
        }
    }
}
