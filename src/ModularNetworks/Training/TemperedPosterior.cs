using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// The posterior over all compositions of each datapoint, tempered: q(a) ∝ (p(y|x, a, θ) p(a|x, φ))^β. It is the exact one with
/// β = 1, flatter below, and has all of its weight on the best composition as β grows.
/// </summary>
internal static class TemperedPosterior
{
    /// <summary>Computes q, as constants.</summary>
    /// <param name="tape">Lends the memory.</param>
    /// <param name="logLikelihood">log p(y|x, a, θ), <c>[compositions * batch]</c>, in nats.</param>
    /// <param name="logProbability">log p(a|x, φ), of the same shape.</param>
    /// <param name="batchSize">The number of datapoints.</param>
    /// <param name="beta">β, above 0.</param>
    /// <returns>q, <c>[compositions * batch]</c>; the sum over the compositions of a datapoint is 1.</returns>
    public static Tensor Of(Tape tape, Tensor logLikelihood, Tensor logProbability, int batchSize, double beta)
    {
        var q = tape.Rent(logLikelihood.Shape);
        int count = q.Shape.Count;
        for (int n = 0; n < batchSize; n++)
        {
            double most = double.NegativeInfinity, sum = 0;
            for (int row = n; row < count; row += batchSize)
                most = Math.Max(most, logLikelihood[row] + logProbability[row]);
            for (int row = n; row < count; row += batchSize)
                sum += q[row] = Math.Exp(beta * (logLikelihood[row] + logProbability[row] - most));
            for (int row = n; row < count; row += batchSize)
                q[row] /= sum;
        }
        return q;
    }
}
