using ModularNetworks.Data;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>
/// Lifelong learning: a <see cref="ModularMlp"/> learns tasks one after the other, each with its number told. By EM it adds modules, leaves
/// those of earlier tasks as they are, and learns where to use them again (<see cref="StreamEm{TBatch}"/>). Without modules it is one network
/// for all tasks, or, with the method <c>assigned</c>, one with an output layer for each task.
/// </summary>
public sealed class StreamExperiment : Experiment
{
    private const string ValidSplit = "valid";

    private readonly StreamOptions _options;
    private readonly ModularMlp _network;
    private readonly Tape _tape;
    private readonly StreamAccuracies _valid;
    private readonly StreamAccuracies _test;
    private readonly StreamEm<VectorBatch>? _em;

    /// <summary>Creates the network and its trainer.</summary>
    /// <param name="options">The run's options.</param>
    /// <param name="data">The tasks.</param>
    /// <param name="kernels">Does the arithmetic.</param>
    internal StreamExperiment(StreamOptions options, TaskSplits data, Kernels kernels)
        : base(kernels)
    {
        var key = RandomKey.FromSeed(options.Seed);
        (_options, DataFingerprint, _tape) = (options, data.Fingerprint, new Tape(kernels));
        (_valid, _test) = (new(ValidSplit, Told(data.Valid)), new(TestSplit, Told(data.Test)));
        var rule = options.IsFixed ? (SelectionRule)new FixedSelection() : new AssignedSelection(OutputOfTask(options));
        _network = new ModularMlp(options.Sizes(data), rule, key.Split("network"));
        PredictionOperations = _network.MultiplyAdds;
        var optimizer = Optimizers.Create(options.Optimizer, _network.Parameters, kernels);
        var train = new StreamTrainingSet(Told(data.Train), options.Steps, options.StepsPerTask, options.BatchSize, key.Split("mini-batches"));
        if (options.Method == TrainingMethods.Em)
            _em = new(_network, train, _network.Pools, optimizer, _tape, key.Split("training"), options.EmOptions(train.BatchSize));
        ITrainer inner = _em is not null ? _em : new FixedModules<VectorBatch>(_network, train, optimizer, _tape, key.Split("training"), train.BatchSize, rule);
        Trainer = new StreamTrainer(inner, options.StepsPerTask, [_valid.State, _test.State], Keep);
    }

    /// <summary>The kind of experiment.</summary>
    public static ExperimentKind Kind { get; } = ExperimentKind.Of<StreamOptions>(
        "Trains a modular perceptron on tasks that come one after the other, by adding modules and using known ones again.",
        (options, kernels) => new StreamExperiment(options, options.Load(), kernels)) with
    {
        DataSet = Optdigits.DataSet.Name,
    };

    /// <inheritdoc/>
    public override ITrainer Trainer { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => _network.Parameters;

    /// <inheritdoc/>
    public override long? PredictionOperations { get; }

    /// <inheritdoc/>
    public override string DataFingerprint { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Splits => [ValidSplit, TestSplit];

    /// <inheritdoc/>
    internal override double? EStepPredictions => _em is null ? null : StreamCounts.MostEStepPredictions(_options);

    /// <summary>The number of tasks that have begun.</summary>
    private int Begun => (int)Math.Clamp((Trainer.Steps + _options.StepsPerTask - 1) / _options.StepsPerTask, 1, StreamOptions.Tasks);

    /// <summary>The modules that each task uses at this time.</summary>
    private SelectionRule Rule => _em is not null ? new AssignedSelection(_em.Assignments())
        : _options.IsFixed ? new FixedSelection() : new AssignedSelection(OutputOfTask(_options));

    private TaskEvaluation Evaluation => new(_network, _tape, Rule);

    /// <inheritdoc/>
    public override long ReadTrained(Checkpoint checkpoint)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        // The trainer knows the modules of each task, and the accuracies right after learning.
        checkpoint.Read(Parameters, Trainer);
        return Trainer.Steps;
    }

    /// <inheritdoc/>
    public override Measurement Evaluate(double bestValid) => Evaluate(ValidSplit).With(_test.Result(Evaluation, Begun));

    /// <inheritdoc/>
    public override Measurement Evaluate(string split)
    {
        var part = split == ValidSplit ? _valid : _test;
        var measured = new Measurement { Splits = [part.Result(Evaluation, Begun)] };
        return _options.IsFixed ? measured : measured with { Selection = SelectionMetrics.Of(Look(part.Data, (_, _) => { }), _network.Layout.Layers) };
    }

    /// <inheritdoc/>
    public override Measurement Complete(Measurement measured)
    {
        ArgumentNullException.ThrowIfNull(measured);
        foreach (var after in _test.AfterTasks((int)Math.Min(Trainer.Steps / _options.StepsPerTask, StreamOptions.Tasks)))
            measured = measured.With(after);
        return _em is null
            ? measured
            : measured.With(SplitResult.Of("modulesOfTasks", ("hidden", _em.ModulesUsed(0)), ("output", _em.ModulesUsed(1))));
    }

    /// <inheritdoc/>
    public override NetworkInspection? Inspect()
    {
        if (_options.IsFixed)
            return null;
        var found = new TaskInspection(_test.Data.Points);
        var statistics = Look(_test.Data, found.Add);
        return Inspections.Of(TestSplit, statistics, _network.Layout.Layers, found.Findings());
    }

    private static VectorTrainingSet Told(TaskPoints points) => new(points, points.Tasks.ToArray());

    /// <summary>One hidden layer for all tasks, and an output layer for each.</summary>
    private static ModuleAssignment[] OutputOfTask(StreamOptions options) =>
        [new(options.Modules, 1, new int[StreamOptions.Tasks]), new(options.Modules, 1, [.. Enumerable.Range(0, StreamOptions.Tasks).Select(task => task % options.Modules)])];

    private SelectionStatistics Look(VectorTrainingSet points, Action<RecordedSelections, int[]> take)
    {
        var statistics = new SelectionStatistics();
        Evaluation.Look(points, statistics, take);
        return statistics;
    }

    private void Keep(int task)
    {
        var evaluation = Evaluation;
        foreach (var part in (StreamAccuracies[])[_valid, _test])
            part.Keep(evaluation, task);
    }
}
