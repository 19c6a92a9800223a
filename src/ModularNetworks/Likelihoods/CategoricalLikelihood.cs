using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>Class targets: log p(y|z) is the log-softmax of the network's output z at the target class.</summary>
public static class CategoricalLikelihood
{
    /// <summary>Scores the network's output.</summary>
    /// <param name="pass">The running pass.</param>
    /// <param name="logits">z, <c>[rows, classes]</c>.</param>
    /// <param name="targets">y, <c>[batch]</c>, from 0 to classes - 1.</param>
    /// <returns>log p(y|z), <c>[rows]</c>, in nats.</returns>
    public static Tensor LogLikelihood(ModularPass pass, Tensor logits, IndexTensor targets)
    {
        ArgumentNullException.ThrowIfNull(pass);
        return pass.Tape.CategoricalLogProbability(logits, pass.ForCandidates(targets));
    }
}
