using ModularNetworks.Engine;

namespace ModularNetworks.Distributed;

/// <summary>Trains one network on several ranks: each has the network, the training set and a trainer, and takes a part of every mini-batch.</summary>
/// <example>
/// <code>
/// using var ranks = MpiCommunicator.Open(MpiLauncher.Find(Environment.GetEnvironmentVariable)!);
/// DistributedTraining.Begin(ranks, network.Parameters, trainer);
/// while (trainer.Steps &lt; 10_000)
///     trainer.Step();
/// </code>
/// </example>
public static class DistributedTraining
{
    /// <summary>Lets a trainer share its mini-batches with those of the other ranks, which go on from the state that rank 0 has.</summary>
    /// <param name="communicator">The ranks, which all call this method.</param>
    /// <param name="parameters">The network's parameters.</param>
    /// <param name="trainer">The trainer, made in the same way on each rank.</param>
    /// <param name="blocks">
    /// The number of blocks of a mini-batch, a power of two. With the same number of blocks, every bit of the training is the same for each
    /// number of ranks that divides it.
    /// </param>
    /// <exception cref="ArgumentException">The ranks cannot share so many blocks, or the method cannot share mini-batches.</exception>
    public static void Begin(ICommunicator communicator, IReadOnlyList<Parameter> parameters, ITrainer trainer, int blocks = 8)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        trainer.Share(BatchBlocks.Tree(communicator, blocks));
        TrainingState.CopyFromFirst(communicator, parameters, trainer);
    }
}
