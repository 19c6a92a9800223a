using System.Runtime.ExceptionServices;
using ModularNetworks.Engine;

namespace ModularNetworks.Distributed;

/// <summary>
/// Modules that are shared out among ranks, and their optimiser's state, in a folder that all ranks see: each rank writes a file with its part, in
/// the format of <see cref="Safetensors"/>; rank 0 adds <c>manifest.json</c> with the checksums of all, and gives the folder its name
/// when all are there. Any number of ranks can go on from it.
/// </summary>
/// <param name="folder">Holds the checkpoints, one folder each, <c>step-000002000</c>. The newest is kept.</param>
/// <param name="ranks">The ranks, which all call the same methods.</param>
public sealed class ShardedCheckpoint(string folder, ICommunicator ranks)
{
    private const string PartPattern = "part-*";

    private readonly Checkpoint _checkpoint = new(folder);

    /// <summary>The number of gradient steps of the newest checkpoint; null if there is none.</summary>
    public long? NewestStep => _checkpoint.NewestStep;

    /// <summary>Writes a checkpoint, and deletes older ones.</summary>
    /// <param name="disk">Writes it.</param>
    /// <param name="pool">The modules.</param>
    /// <param name="optimizer">Of the pool's parameters alone; its state is written too.</param>
    /// <exception cref="ArgumentException">The optimiser has not just the pool's parameters.</exception>
    /// <exception cref="IOException">It cannot be written, on this rank or another; those that were there stay.</exception>
    public void Write(IDisk disk, ShardedModules pool, Optimizer optimizer)
    {
        ArgumentNullException.ThrowIfNull(disk);
        var tensors = TensorsOf(pool, optimizer);
        long step = optimizer.StepCount;
        Together(() => OnFirst(() => _checkpoint.Begin(disk, step)));
        string part = Path.Combine(_checkpoint.TemporaryPathOf(step), NameOf(ranks.Rank, ranks.Size));
        Together(() => disk.Write(part, stream => Safetensors.Write(stream, tensors)));
        Together(() => OnFirst(() => _checkpoint.Finish(disk, step)));
    }

    /// <summary>Reads the newest checkpoint, which as many or other ranks have written.</summary>
    /// <param name="pool">Receives its modules.</param>
    /// <param name="optimizer">Of the pool's parameters alone; receives its state and goes on from the checkpoint's step.</param>
    /// <exception cref="ArgumentException">The optimiser has not just the pool's parameters.</exception>
    /// <exception cref="CheckpointException">There is no checkpoint, or it is damaged or of another pool, for this rank or another.</exception>
    public void Read(ShardedModules pool, Optimizer optimizer)
    {
        var tensors = TensorsOf(pool, optimizer);
        Together(() =>
        {
            long step = _checkpoint.RequireStep();
            string source = _checkpoint.PathOf(step);
            var manifest = CheckpointManifest.Read(source, step, folder);
            var parts = new Shards(pool.Modules, Directory.GetFiles(source, PartPattern).Length);
            for (int part = 0; part < parts.Ranks; part++)
                ReadPart(manifest, source, pool, tensors, parts, part);
            optimizer.StepCount = step;
        });
    }

    /// <summary>Reads what a part has of this rank's modules.</summary>
    private void ReadPart(
        CheckpointManifest manifest, string source, ShardedModules pool, IReadOnlyList<(string Name, Tensor Tensor)> tensors, Shards parts, int part)
    {
        int own = pool.FirstModule, there = parts.First(part);
        int first = Math.Max(own, there), end = Math.Min(own + pool.Weight.Shape[0], there + parts.Count(part));
        if (first >= end)
            return;
        string name = NameOf(part, parts.Ranks);
        manifest.Verify(name);
        _checkpoint.ReadFile(
            source, name, long.MaxValue, stream => Safetensors.ReadRows(stream, tensors, parts.Count(part), (first - there)..(end - there), first - own));
    }

    /// <summary>Does something on each rank; if it fails on one, it does on all.</summary>
    private void Together(Action work)
    {
        Exception? failure = null;
        try
        {
            work();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CheckpointException)
        {
            failure = exception;
        }
        byte[] failed = new byte[ranks.Size];
        ranks.AllGather([failure is null ? (byte)0 : (byte)1], failed);
        if (failure is not null)
            ExceptionDispatchInfo.Throw(failure);
        if (failed.AsSpan().IndexOf((byte)1) is >= 0 and var rank)
            throw new IOException($"ShardedCheckpoint: rank {rank} failed with the part in {folder} that is its own, and says why. Mend that, and start all ranks again.");
    }

    private void OnFirst(Action work)
    {
        if (ranks.Rank == 0)
            work();
    }

    private static IReadOnlyList<(string Name, Tensor Tensor)> TensorsOf(ShardedModules pool, Optimizer optimizer)
    {
        ArgumentNullException.ThrowIfNull(pool);
        ArgumentNullException.ThrowIfNull(optimizer);
        if (!optimizer.Parameters.SequenceEqual(pool.Parameters))
        {
            throw new ArgumentException(
                $"ShardedCheckpoint: the optimiser has {Counted.Of(optimizer.Parameters.Count, "parameter")}, not just the pool's {pool.Parameters.Count}. "
                + "Give the pool an optimiser of its own.", nameof(optimizer));
        }
        return [.. pool.Parameters.Select(parameter => (parameter.Name, parameter.Value)), .. optimizer.State];
    }

    private static string NameOf(int part, int parts) => $"part-{part}-of-{parts}.safetensors";
}
