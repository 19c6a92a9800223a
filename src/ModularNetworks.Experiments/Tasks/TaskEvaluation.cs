using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>Measures a <see cref="ModularMlp"/> as it is used after training.</summary>
/// <param name="network">The network.</param>
/// <param name="tape">Lends the memory.</param>
/// <param name="rule">How the trained network selects its modules.</param>
/// <param name="targetDeviation">The number that targets were divided by, so that errors are also told in their own units; null if they were not.</param>
/// <param name="tellsLoss">Whether the loss of classes is told beside their accuracy.</param>
internal sealed class TaskEvaluation(ModularMlp network, Tape tape, SelectionRule rule, double? targetDeviation = null, bool tellsLoss = false)
{
    private const int PointsAtOnce = 1000;

    private readonly ForwardPass _pass = new(tape);
    private readonly PerceptronEvaluation _evaluation = new(network, tape);

    /// <summary>Measures a part of the data.</summary>
    /// <param name="points">The datapoints.</param>
    /// <param name="statistics">Collects the controllers' decisions; null if they are not wanted.</param>
    /// <returns>
    /// For classes the share of datapoints whose most probable class is theirs, <c>accuracy</c>, for numbers the mean squared error,
    /// <c>loss</c>; the mean <c>logLikelihood</c> in nats, and its negative as the <c>loss</c> of classes if that is told; and <see cref="RegressionErrors"/> where targets were divided by their deviation.
    /// </returns>
    public (string Name, double? Value)[] Measure(VectorTrainingSet points, SelectionStatistics? statistics = null)
    {
        _evaluation.Observer = statistics;
        var measured = Measure(points, All(points), _ => rule);
        _evaluation.Observer = null;
        return measured;
    }

    /// <summary>The same, with entropies and use of modules where controllers decide.</summary>
    /// <param name="split">The name of the part of the data.</param>
    /// <param name="points">The datapoints.</param>
    public Measurement Measure(string split, VectorTrainingSet points)
    {
        var statistics = rule is FixedSelection ? null : new SelectionStatistics();
        return new Measurement
        {
            Splits = [new SplitResult(split, Measure(points, statistics))],
            Selection = statistics is null ? null : SelectionMetrics.Of(statistics, network.Layout.Layers),
        };
    }

    /// <summary>As <see cref="Measure(VectorTrainingSet, SelectionStatistics)"/>, on some of the datapoints.</summary>
    /// <param name="points">All datapoints.</param>
    /// <param name="datapoints">The numbers of those that are measured.</param>
    public (string Name, double? Value)[] Measure(VectorTrainingSet points, int[] datapoints) => Measure(points, datapoints, _ => rule);

    /// <summary>As <see cref="Measure(VectorTrainingSet, SelectionStatistics)"/>, with the stored compositions, a*, which were found with the targets.</summary>
    /// <param name="points">The datapoints.</param>
    /// <param name="compositions">Holds a* of all datapoints.</param>
    public (string Name, double? Value)[] MeasureStored(VectorTrainingSet points, CompositionStore compositions) =>
        Measure(points, All(points), datapoints => new GivenSelection(compositions.Load(tape, datapoints)));

    /// <summary>Predicts the first datapoint by itself.</summary>
    public void PredictOne(VectorTrainingSet points)
    {
        tape.Reset(recording: false);
        _pass.Begin(rule, batchSize: 1);
        network.Predict(_pass, points.Load([0]));
    }

    /// <summary>Runs the network on all datapoints and keeps every selection.</summary>
    /// <param name="points">The datapoints.</param>
    /// <param name="statistics">Collects the controllers' decisions.</param>
    /// <param name="take">Takes the selections of a batch, with the datapoints' numbers.</param>
    public void Look(VectorTrainingSet points, SelectionStatistics statistics, Action<RecordedSelections, int[]> take)
    {
        foreach (int[] datapoints in Enumerable.Range(0, points.Count).Chunk(PointsAtOnce))
        {
            var selections = new RecordedSelections();
            tape.Reset(recording: false);
            _pass.Begin(rule, datapoints.Length);
            _pass.Observer = new Observers(statistics, selections);
            network.Predict(_pass, points.Load(datapoints));
            _pass.Observer = null;
            take(selections, datapoints);
        }
    }

    private static int[] All(VectorTrainingSet points) => [.. Enumerable.Range(0, points.Count)];

    private (string Name, double? Value)[] Measure(VectorTrainingSet points, int[] measured, Func<int[], SelectionRule> ruleOf)
    {
        var errors = new RegressionErrors();
        var (score, logLikelihood) = _evaluation.Measure(
            points, measured, ruleOf, targetDeviation is null ? null : (output, batch) => errors.Add(output, batch.Targets!));
        bool isClasses = points.Points.Classes.Count > 0;
        return
        [
            (isClasses ? "accuracy" : "loss", score), .. isClasses && tellsLoss ? [("loss", -logLikelihood)] : ((string, double?)[])[], ("logLikelihood", logLikelihood),
            .. targetDeviation is { } deviation ? errors.Numbers(deviation) : [],
        ];
    }
}
