using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>The results of a toy network as it is used after training.</summary>
/// <param name="Loss">The mean over points of the squared distance to the target.</param>
/// <param name="SelectionEntropy">H_a, in nats (Eq. 15).</param>
/// <param name="BatchSelectionEntropy">H_b, in nats (Eq. 16).</param>
/// <param name="Usage">How much each module is used, as shares that add up to 1; empty without a controller.</param>
public sealed record ToyEvaluation(
    double Loss, double SelectionEntropy, double BatchSelectionEntropy, IReadOnlyList<double> Usage)
{
    /// <summary>The loss under which a problem counts as solved.</summary>
    public const double SolvedLoss = 1e-2;

    /// <summary>The H_b above which both modules count as used, in nats; ln 2 is 0.69.</summary>
    public const double SolvedBatchEntropy = 0.6;

    /// <summary>All that the controller decided; without layers if there is none.</summary>
    public SelectionStatistics Statistics { get; private init; } = new();

    /// <summary>Whether the problem is solved: a small loss, and both modules used.</summary>
    public bool Solved => Loss < SolvedLoss && BatchSelectionEntropy > SolvedBatchEntropy;

    /// <summary>Measures a network on some points.</summary>
    public static ToyEvaluation Of(ToyNetwork network, ToyTrainingSet points, Tape tape, SelectionRule rule)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(points);
        ArgumentNullException.ThrowIfNull(tape);
        var statistics = new SelectionStatistics();
        var pass = new ForwardPass(tape) { Observer = statistics };
        tape.Reset(recording: false);
        pass.Begin(rule, points.Count);
        var batch = points.All();
        var error = tape.Square(tape.Subtract(network.Predict(pass, batch.Inputs), batch.Targets));
        double loss = tape.Mean(tape.SumLast(error)).ToScalar();
        return new ToyEvaluation(
            loss,
            statistics.SelectionEntropy,
            statistics.BatchSelectionEntropy,
            statistics.Layers == 0 ? [] : statistics.Of(0).Usage())
        {
            Statistics = statistics,
        };
    }
}
