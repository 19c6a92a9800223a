using System.Numerics;
using System.Runtime.InteropServices;
using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// Mini-batches that are cut into blocks, as equal as they can be, which ranks share out among them: rank r of R takes the blocks from r B / R on.
/// Each block is run by itself, with random numbers of its own, and everything over the whole mini-batch is added up in an order that does
/// not depend on the number of ranks. So no bit of a training does.
/// </summary>
/// <remarks>Give it to <see cref="ITrainer.Share"/> of the trainers of all ranks, before their first step.</remarks>
public sealed class BatchBlocks
{
    private readonly ICommunicator _communicator;
    private readonly bool _isFast;
    private BlockGradients? _gradients;

    private BatchBlocks(ICommunicator communicator, int count, bool isFast) => (_communicator, Count, _isFast) = (communicator, count, isFast);

    /// <summary>B, the number of blocks of a mini-batch.</summary>
    public int Count { get; }

    /// <summary>The number of blocks that each rank takes.</summary>
    public int OfRank => Count / _communicator.Size;

    private int First => _communicator.Rank * OfRank;

    /// <summary>Cuts mini-batches so that every bit of a training is the same for any number of ranks.</summary>
    /// <param name="communicator">The ranks; their number divides the number of blocks.</param>
    /// <param name="count">B, a power of two; it decides bits of the training.</param>
    /// <exception cref="ArgumentException">The number of blocks is no power of two, or the ranks cannot share them evenly.</exception>
    public static BatchBlocks Tree(ICommunicator communicator, int count)
    {
        ArgumentNullException.ThrowIfNull(communicator);
        if (count < 1 || !BitOperations.IsPow2(count))
            throw new ArgumentException($"Blocks of a mini-batch: their number is {count}; it must be a power of two.", nameof(count));
        if (count % communicator.Size != 0)
            throw new ArgumentException($"Blocks of a mini-batch: {communicator.Size} ranks cannot share {count} blocks evenly; take a number of ranks that divides {count}.", nameof(communicator));
        return new BatchBlocks(communicator, count, isFast: false);
    }

    /// <summary>Cuts mini-batches into a block for each rank, and adds up gradients in whatever order is fastest: bits depend on the number of ranks.</summary>
    /// <param name="communicator">The ranks.</param>
    public static BatchBlocks Fast(ICommunicator communicator)
    {
        ArgumentNullException.ThrowIfNull(communicator);
        return new BatchBlocks(communicator, communicator.Size, isFast: true);
    }

    /// <summary>Checks that a trainer's mini-batches can be cut.</summary>
    /// <param name="batchSize">The number of datapoints in a mini-batch.</param>
    /// <exception cref="ArgumentException">They cannot.</exception>
    internal void RequireFits(int batchSize)
    {
        if (batchSize < Count)
            throw new ArgumentException($"Blocks of a mini-batch: {Counted.Of(batchSize, "datapoint")} cannot be cut into {Count} blocks; take larger mini-batches or fewer blocks.");
    }

    /// <summary>Runs each of this rank's blocks backward, and makes the sum over all blocks the gradient of the optimiser's parameters.</summary>
    /// <param name="optimizer">Has the parameters.</param>
    /// <param name="datapoints">The mini-batch.</param>
    /// <param name="backward">Adds the gradients of one block, of its share of the loss.</param>
    /// <returns>The mean loss and the mean result over the mini-batch.</returns>
    internal BlockLoss Backward(Optimizer optimizer, ReadOnlySpan<int> datapoints, BlockBackward backward)
    {
        _gradients ??= new BlockGradients(optimizer.Parameters, _communicator, _isFast);
        var own = new BlockLoss[OfRank];
        for (int i = 0; i < own.Length; i++)
        {
            var block = Of(datapoints.Length, First + i);
            own[i] = backward(datapoints.Slice(block.Start, block.Size), block).Times(block.Share);
            _gradients.Add();
        }
        _gradients.Sum();
        return BlockLoss.Sum(Gather<BlockLoss>(own));
    }

    /// <summary>Takes an E-step on each of this rank's blocks, and gives all ranks the compositions that were found.</summary>
    /// <param name="compositions">Holds a* of all datapoints, on each rank.</param>
    /// <param name="datapoints">The mini-batch.</param>
    /// <param name="step">Takes the E-step on one block.</param>
    internal EStepResult EStep(CompositionStore compositions, ReadOnlySpan<int> datapoints, BlockEStep step)
    {
        var results = new EStepResult[OfRank];
        for (int i = 0; i < results.Length; i++)
        {
            var block = Of(datapoints.Length, First + i);
            var result = step(datapoints.Slice(block.Start, block.Size), block);
            results[i] = new EStepResult(result.JointLogProbability * block.Share, result.ChangedShare * block.Share);
        }
        Exchange(compositions, datapoints);
        return Sum(Gather<EStepResult>(results));
    }

    /// <summary>Gives all ranks the compositions of a mini-batch, of which each has updated those of its blocks.</summary>
    private void Exchange(CompositionStore compositions, ReadOnlySpan<int> datapoints)
    {
        int picks = compositions.Layout.Length, most = OfRank * ((datapoints.Length / Count) + 1) * picks;
        int[] found = new int[most];
        var own = OfRankIn(datapoints, _communicator.Rank);
        compositions.CopyTo(found.AsSpan(0, own.Length * picks), own);
        int[] all = Gather<int>(found);
        for (int rank = 0; rank < _communicator.Size; rank++)
        {
            var theirs = OfRankIn(datapoints, rank);
            for (int n = 0; n < theirs.Length; n++)
                compositions.Store(theirs[n], all.AsSpan((rank * most) + (n * picks), picks));
        }
    }

    private ReadOnlySpan<int> OfRankIn(ReadOnlySpan<int> datapoints, int rank)
    {
        int start = Of(datapoints.Length, rank * OfRank).Start;
        return datapoints[start..((rank + 1) * OfRank == Count ? datapoints.Length : Of(datapoints.Length, (rank + 1) * OfRank).Start)];
    }

    private BatchBlock Of(int batchSize, int number)
    {
        int start = (int)((long)batchSize * number / Count), end = (int)((long)batchSize * (number + 1) / Count);
        return new BatchBlock(number, start, end - start, (double)(end - start) / batchSize);
    }

    private static EStepResult Sum(ReadOnlySpan<EStepResult> results)
    {
        double joint = 0, changed = 0;
        foreach (var result in results)
            (joint, changed) = (joint + result.JointLogProbability, changed + result.ChangedShare);
        return new EStepResult(joint, changed);
    }

    /// <summary>What all ranks have, in the order of their blocks.</summary>
    private T[] Gather<T>(ReadOnlySpan<T> own)
        where T : unmanaged
    {
        var all = new T[own.Length * _communicator.Size];
        _communicator.AllGather(MemoryMarshal.AsBytes(own), MemoryMarshal.AsBytes(all.AsSpan()));
        return all;
    }
}
