namespace ModularNetworks;

/// <summary>
/// How EM by key is run: q(a|x) is restricted to q(a|g(x)), so that a* is stored for each key of an
/// <see cref="IKeyedNetwork{TBatch}"/>, and not for each datapoint.
/// </summary>
public sealed record KeyedEmOptions
{
    /// <summary>
    /// The forgetting factor, from 0 to 1: each E-step first multiplies the sums of earlier mini-batches by it. With 0, a mini-batch
    /// decides alone.
    /// </summary>
    public double Forgetting { get; init; } = 0.99;

    /// <summary>
    /// How many nats more the sum of another selection must be before a key changes to it: a prior on what is stored, against chance in
    /// keys that are seen seldom. 0 for none.
    /// </summary>
    public double Evidence { get; init; }

    /// <summary>
    /// Whether controllers follow at once: where a key's modules change, its row in the controllers' tables exchanges the logits of the
    /// old modules and the new ones. log p(a*|x, φ) then stays as it is, so that the likelihood alone decides. Otherwise a table that
    /// has learned the keys' modules hardly lets any of them change, although it could learn others as well.
    /// </summary>
    public bool ExchangesLogits { get; init; }
}
