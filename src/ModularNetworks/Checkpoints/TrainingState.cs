using System.Buffers.Binary;
using System.Runtime.InteropServices;
using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>Everything that training goes on from, copied from one rank to the others: what a <see cref="Checkpoint"/> keeps of it.</summary>
public static class TrainingState
{
    /// <summary>Gives all ranks the state that rank 0 has.</summary>
    /// <param name="communicator">The ranks, which all call this method.</param>
    /// <param name="parameters">The network's parameters.</param>
    /// <param name="trainer">Its optimiser's state, its own and its compositions are copied; it goes on from rank 0's step.</param>
    public static void CopyFromFirst(ICommunicator communicator, IReadOnlyList<Parameter> parameters, ITrainer trainer)
    {
        ArgumentNullException.ThrowIfNull(communicator);
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(trainer);
        if (communicator.Size == 1)
            return;
        foreach (var parameter in parameters)
            communicator.Broadcast(BytesOf(parameter.Value), root: 0);
        foreach (var (_, tensor) in trainer.Optimizer.State.Concat(trainer.State))
            communicator.Broadcast(BytesOf(tensor), root: 0);
        if (trainer.Compositions is { } compositions)
            CopyCompositions(communicator, compositions);
        Span<byte> steps = stackalloc byte[2 * sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(steps, trainer.Steps);
        BinaryPrimitives.WriteInt64LittleEndian(steps[sizeof(long)..], trainer.Optimizer.StepCount);
        communicator.Broadcast(steps, root: 0);
        if (communicator.Rank == 0)
            return;
        trainer.Optimizer.StepCount = BinaryPrimitives.ReadInt64LittleEndian(steps[sizeof(long)..]);
        trainer.ResumeAt(BinaryPrimitives.ReadInt64LittleEndian(steps));
    }

    private static void CopyCompositions(ICommunicator communicator, CompositionStore compositions)
    {
        byte[] bytes = compositions.Bytes.ToArray();
        communicator.Broadcast(bytes, root: 0);
        compositions.Restore(bytes);
    }

    private static Span<byte> BytesOf(Tensor tensor) => tensor.Precision == Precision.Single
        ? MemoryMarshal.AsBytes(tensor.As<float>())
        : MemoryMarshal.AsBytes(tensor.As<double>());
}
