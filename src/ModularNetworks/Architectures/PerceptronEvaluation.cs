using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>Measures a <see cref="ModularMlp"/> as it is used after training.</summary>
/// <param name="network">The network.</param>
/// <param name="tape">Lends the memory.</param>
public sealed class PerceptronEvaluation(ModularMlp network, Tape tape)
{
    private const int PointsAtOnce = 1000;

    private readonly ForwardPass _pass = new(tape);

    /// <summary>Receives the controllers' decisions; null for nobody.</summary>
    public ISelectionObserver? Observer { get; set; }

    /// <summary>Measures some datapoints.</summary>
    /// <param name="points">All datapoints.</param>
    /// <param name="measured">The numbers of those that are measured.</param>
    /// <param name="ruleOf">Says how modules are selected for some datapoints.</param>
    /// <param name="look">Looks at the outputs of some datapoints, <c>[rows, outputs]</c>, and their batch; null for nobody.</param>
    /// <returns>
    /// The share of datapoints whose most probable class is theirs, or the mean squared error of numbers, and the mean log-likelihood in nats.
    /// </returns>
    public (double Score, double LogLikelihood) Measure(
        ITrainingSet<VectorBatch> points, int[] measured, Func<int[], SelectionRule> ruleOf, Action<Tensor, VectorBatch>? look = null)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentNullException.ThrowIfNull(measured);
        ArgumentNullException.ThrowIfNull(ruleOf);
        double score = 0, logLikelihood = 0;
        _pass.Observer = Observer;
        foreach (int[] datapoints in measured.Chunk(PointsAtOnce))
        {
            var batch = points.Load(datapoints);
            tape.Reset(recording: false);
            _pass.Begin(ruleOf(datapoints), datapoints.Length);
            var output = network.Predict(_pass, batch);
            score += Score(output, batch);
            look?.Invoke(output, batch);
            logLikelihood += tape.Sum(network.LogLikelihood(_pass, output, batch)).ToScalar();
        }
        return (score / measured.Length, logLikelihood / measured.Length);
    }

    /// <summary>The number of right answers, or the sum of squared errors.</summary>
    private double Score(Tensor output, VectorBatch batch)
    {
        if (batch.Targets is { } targets)
            return tape.Sum(tape.Square(tape.Subtract(output, targets))).ToScalar();
        Span<int> answers = tape.MostProbable(output).Values, classes = batch.Classes!.Values;
        int right = 0;
        for (int row = 0; row < answers.Length; row++)
            right += answers[row] == classes[row] ? 1 : 0;
        return right;
    }
}
