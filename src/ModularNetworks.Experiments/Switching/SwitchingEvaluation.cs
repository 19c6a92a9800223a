using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>Measures a <see cref="SwitchingNetwork"/> as it is used after training.</summary>
/// <param name="network">The network.</param>
/// <param name="tape">Lends the memory.</param>
/// <param name="rule">How the trained network selects its modules.</param>
internal sealed class SwitchingEvaluation(SwitchingNetwork network, Tape tape, SelectionRule rule)
{
    private const int SequencesAtOnce = 500;

    private readonly ForwardPass _pass = new(tape);

    /// <summary>Measures a part of the data.</summary>
    /// <param name="data">The sequences.</param>
    /// <param name="observe">Looks at the controller's decisions on a batch, with the sequences' numbers; null if they are not wanted.</param>
    /// <returns>The mean squared error of a number, <c>loss</c>, and the mean <c>logLikelihood</c> of a time step, in nats.</returns>
    public (string Name, double? Value)[] Measure(SwitchingTrainingSet data, Func<int[], ISelectionObserver>? observe = null)
    {
        double squares = 0, logLikelihood = 0;
        foreach (int[] chosen in Enumerable.Range(0, data.Count).Chunk(SequencesAtOnce))
        {
            var batch = data.Load(chosen);
            tape.Reset(recording: false);
            _pass.Begin(rule, chosen.Length);
            _pass.Observer = observe?.Invoke(chosen);
            var expected = network.Predict(_pass, batch);
            squares += tape.Sum(tape.Square(tape.Subtract(expected, batch.Targets))).ToScalar();
            logLikelihood += tape.Sum(network.LogLikelihood(_pass, expected, batch)).ToScalar();
            _pass.Observer = null;
        }
        double steps = (double)data.Count * data.Sequences.Length;
        return [("loss", squares / (steps * data.Sequences.Size)), ("logLikelihood", logLikelihood / steps)];
    }
}
