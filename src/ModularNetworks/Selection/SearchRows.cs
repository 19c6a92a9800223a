using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// The rows of a search that runs a <see cref="RecurrentNetwork{TBatch}"/> step by step: the search itself carries the
/// states and selects the modules, so that no <see cref="SelectionRule"/> is needed.
/// </summary>
/// <param name="tape">Records the operations and lends the memory.</param>
public sealed class SearchRows(Tape tape) : BatchRows(tape)
{
    /// <summary>Begins the next operations of the search.</summary>
    /// <param name="batchSize">The number of datapoints.</param>
    /// <param name="candidates">The number of states that each datapoint has.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no datapoint, or no state.</exception>
    public void Begin(int batchSize, int candidates) => SetRows(batchSize, candidates);
}
