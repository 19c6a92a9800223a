using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// A network that knows a key of its inputs, g(x): the number of the token, cluster or task that an input shows. EM by key
/// (<see cref="KeyedEmOptions"/>) stores one selection for each key, which a controller that sees x can always follow.
/// </summary>
/// <typeparam name="TBatch">What the network takes as a mini-batch.</typeparam>
public interface IKeyedNetwork<in TBatch>
{
    /// <summary>The number of keys.</summary>
    int InputKeys { get; }

    /// <summary>The keys of a mini-batch, each from 0 to <see cref="InputKeys"/> - 1.</summary>
    /// <param name="tape">Lends the memory.</param>
    /// <param name="batch">The datapoints.</param>
    /// <param name="batchSize">The number of datapoints.</param>
    /// <returns>
    /// <c>[steps * batch]</c>, time-major, for a <see cref="RecurrentNetwork{TBatch}"/>; <c>[batch]</c> for other networks.
    /// </returns>
    IndexTensor KeysOf(Tape tape, TBatch batch, int batchSize);

    /// <summary>The controllers that have a table by these keys, one for each layer of the layout; none if they have no tables.</summary>
    IReadOnlyList<LinearController> Tables => [];
}
