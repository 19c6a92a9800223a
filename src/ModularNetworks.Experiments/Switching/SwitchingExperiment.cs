using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>A <see cref="SwitchingNetwork"/> on a linear system that rules switch.</summary>
public sealed class SwitchingExperiment : Experiment
{
    private const string ValidSplit = "valid";

    private readonly SwitchingOptions _options;
    private readonly SelectionRule _rule;
    private readonly SwitchingNetwork _network;
    private readonly SwitchingEvaluation _evaluation;
    private readonly Tape _tape;
    private readonly SwitchingTrainingSet _train;
    private readonly SwitchingTrainingSet _valid;
    private readonly SwitchingTrainingSet _test;

    private SwitchingExperiment(SwitchingOptions options, Kernels kernels)
        : base(kernels)
    {
        var key = RandomKey.FromSeed(options.Seed);
        (_options, _tape) = (options, new Tape(kernels));
        var data = options.Generate();
        _train = new(data.Train, options.Rules);
        _valid = new(data.Valid, options.Rules);
        _test = new(data.Test, options.Rules);
        var layer = new LayerLayout("gru", options.Modules, options.Picks) { Families = options.RelatedModules };
        var assignment = options.Em.Start == CompositionStarts.Input ? ModuleAssignment.RoundRobin(layer, options.Rules) : null;
        _rule = options.CreateRule(assignment is null ? [] : [assignment]);
        _network = new SwitchingNetwork(options, _rule, key.Split("network"));
        if (assignment is not null && options.Em.StartProbability > 0)
            _network.Follow(assignment, options.Em.StartProbability);
        _evaluation = new SwitchingEvaluation(_network, _tape, _rule);
        var optimizer = Optimizers.Create(options.Optimizer, _network.Parameters, kernels);
        Trainer = Trainers.Create(options, _network, _train, optimizer, _tape, key.Split("training"), StartRule(options, assignment));
    }

    /// <summary>The experiment for catalogues.</summary>
    public static ExperimentKind Kind { get; } = ExperimentKind.Of<SwitchingOptions>(
        "Trains a modular recurrent network on a generated linear system that rules switch.",
        (options, kernels) => new SwitchingExperiment(options, kernels));

    /// <inheritdoc/>
    public override ITrainer Trainer { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => _network.Parameters;

    /// <inheritdoc/>
    public override int UnitsPerDatapoint => _options.Length;

    /// <inheritdoc/>
    public override long? PredictionOperations => _network.MultiplyAdds;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Splits => [ValidSplit, TestSplit];

    /// <inheritdoc/>
    public override Measurement Evaluate(double bestValid) => Evaluate(ValidSplit).With(new SplitResult(TestSplit, _evaluation.Measure(_test)));

    /// <inheritdoc/>
    public override Measurement Evaluate(string split)
    {
        var data = split == ValidSplit ? _valid : _test;
        if (_options.IsFixed)
            return new Measurement { Splits = [new SplitResult(split, _evaluation.Measure(data))] };
        var statistics = new SelectionStatistics();
        return new Measurement
        {
            Splits = [new SplitResult(split, _evaluation.Measure(data, _ => statistics))],
            Selection = SelectionMetrics.OfOneLayer(statistics, _network.Layout.Layers) with
            {
                TimePooledBatchSelectionEntropy = statistics.TimePooledBatchSelectionEntropy,
            },
        };
    }

    /// <inheritdoc/>
    public override NetworkInspection? Inspect()
    {
        if (_options.IsFixed)
            return null;
        var (statistics, looked) = (new SelectionStatistics(), new List<(RecordedSelections Selections, int[] Sequences)>());
        _evaluation.Measure(_test, sequences =>
        {
            looked.Add((new RecordedSelections(), sequences));
            return new Observers(statistics, looked[^1].Selections);
        });
        var found = new SwitchingInspection(_test.Sequences, _options.Rules, _options.Modules);
        foreach (var (selections, sequences) in looked)
            found.Add(selections, sequences);
        var inspection = Inspections.Of(TestSplit, statistics, _network.Layout.Layers, [found.Findings()]);
        return _rule is ModeSelection
            ? InspectionSamples.AddTo(inspection, _network, _tape, Trainer.Compositions, _train, _test)
            : inspection;
    }

    private static SelectionRule? StartRule(SwitchingOptions options, ModuleAssignment? assignment) => options.Em.Start switch
    {
        CompositionStarts.Input => new AssignedSelection(assignment!),
        CompositionStarts.Mode => new ModeSelection(),
        _ => null,
    };
}
