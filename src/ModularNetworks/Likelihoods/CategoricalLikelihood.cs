using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>Class targets: log p(y|z) is the log-softmax of the network's output z at the target class.</summary>
public static class CategoricalLikelihood
{
    /// <summary>Scores the network's output.</summary>
    /// <param name="batch">The rows of the run.</param>
    /// <param name="logits">z, <c>[rows, classes]</c>.</param>
    /// <param name="targets">y, <c>[batch]</c>, from 0 to classes - 1.</param>
    /// <returns>log p(y|z), <c>[rows]</c>, in nats.</returns>
    public static Tensor LogLikelihood(BatchRows batch, Tensor logits, IndexTensor targets)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return batch.Tape.CategoricalLogProbability(logits, batch.ForCandidates(targets));
    }
}
