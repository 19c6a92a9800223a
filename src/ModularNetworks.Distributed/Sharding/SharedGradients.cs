using System.Numerics;
using ModularNetworks.Engine;

namespace ModularNetworks.Distributed;

/// <summary>
/// The gradients of parameters that all ranks have, such as a controller's beside <see cref="ShardedModules"/>, added up over the blocks of a
/// mini-batch. Block b of B is run by rank b modulo R, so that in round i rank r runs block i R + r. The blocks are added up by one binary
/// tree, which is the same for each number of ranks that divides B, a power of two, and so is every bit of the sum.
/// </summary>
/// <example>
/// <code>
/// for (int round = 0; round &lt; blocks / ranks.Size; round++)
/// {
///     device.Tape.Reset(recording: true);
///     device.Tape.Backward(Loss(rowsOfBlock((round * ranks.Size) + ranks.Rank)));
///     shared.Add();
/// }
/// shared.Sum();
/// optimizer.Step();
/// </code>
/// </example>
public sealed class SharedGradients
{
    private readonly BlockGradients _overRanks;
    private readonly BlockGradients _overRounds;
    private int _rounds;

    /// <summary>Begins with no block.</summary>
    /// <param name="ranks">The ranks, which all call the same methods; their number is a power of two.</param>
    /// <param name="parameters">The parameters, in single precision.</param>
    /// <exception cref="ArgumentException">The number of ranks is no power of two, or of a parameter each rank has a part only.</exception>
    public SharedGradients(ICommunicator ranks, IReadOnlyList<Parameter> parameters)
    {
        ArgumentNullException.ThrowIfNull(ranks);
        ArgumentNullException.ThrowIfNull(parameters);
        if (!BitOperations.IsPow2(ranks.Size))
            throw new ArgumentException($"SharedGradients: there are {Counted.Of(ranks.Size, "rank")}; their number must be a power of two.", nameof(ranks));
        _overRanks = new BlockGradients(parameters, ranks, isFast: false);
        _overRounds = new BlockGradients(parameters, new SingleRank(), isFast: false);
    }

    /// <summary>Takes the gradients of the block that each rank has run backward in this round, and clears them.</summary>
    public void Add()
    {
        _overRanks.Add();
        _overRanks.Sum();
        _overRounds.Add();
        _rounds++;
    }

    /// <summary>Makes the sums over all blocks the gradients of the parameters.</summary>
    /// <exception cref="InvalidOperationException">The number of rounds is no power of two.</exception>
    public void Sum()
    {
        if (!BitOperations.IsPow2(_rounds))
            throw new InvalidOperationException($"SharedGradients: there were {Counted.Of(_rounds, "round")} of blocks; their number must be a power of two.");
        _overRounds.Sum();
        _rounds = 0;
    }
}
