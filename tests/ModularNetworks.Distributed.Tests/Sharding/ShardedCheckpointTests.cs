using System.Runtime.InteropServices;
using ModularNetworks.Engine;

namespace ModularNetworks.Distributed.Tests;

public sealed class ShardedCheckpointTests : IDisposable
{
    private static readonly PoolProblem Problem = new(Modules: 7, Rows: 20, Picks: 2, Inputs: 5, Outputs: 3);

    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 3)]
    [InlineData(3, 2)]
    [InlineData(3, 1)]
    [InlineData(4, 4)]
    public void Other_ranks_go_on_with_the_bits_of_those_that_did_not_stop(int before, int after)
    {
        string expected = Run(ranks: 1, steps: 5, (_, _, _) => { }, (_, _, _) => { });
        Run(before, steps: 3, (_, _, _) => { }, (checkpoint, pool, optimizer) => checkpoint.Write(new Disk(), pool, optimizer));
        Assert.Equal([_folder["step-000000003"]], Directory.GetDirectories(_folder.Path));
        string found = Run(after, steps: 5, (checkpoint, pool, optimizer) => checkpoint.Read(pool, optimizer), (_, _, _) => { });
        Assert.Equal(expected, found);
    }

    [Fact]
    public void The_newest_is_kept()
    {
        Run(ranks: 2, steps: 2, (_, _, _) => { }, Write);
        Run(ranks: 1, steps: 3, Read, Write);
        Assert.Equal([_folder["step-000000003"]], Directory.GetDirectories(_folder.Path));
        Assert.Equal(["manifest.json", "part-0-of-1.safetensors"], Directory.GetFiles(_folder["step-000000003"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_rank_that_cannot_write_stops_all_and_leaves_what_was_there()
    {
        Run(ranks: 2, steps: 1, (_, _, _) => { }, Write);
        string?[] messages = new string?[2];
        ThreadRanks.Run(2, ranks =>
        {
            using var device = new Device();
            var (pool, optimizer) = Create(ranks, device);
            optimizer.StepCount = 2;
            var checkpoint = new ShardedCheckpoint(_folder.Path, ranks);
            messages[ranks.Rank] = Assert.Throws<IOException>(() => checkpoint.Write(new FullDisk(isFull: ranks.Rank == 1), pool, optimizer)).Message;
            Assert.Equal(1, checkpoint.NewestStep);
        });
        Assert.Contains("rank 1 failed", messages[0], StringComparison.Ordinal);
        Assert.Equal("full", messages[1]);
        Run(ranks: 1, steps: 2, Read, (_, _, _) => { });
    }

    [Theory]
    [InlineData("part-1-of-2.safetensors")]
    [InlineData("manifest.json")]
    public void Damage_is_found_on_all_ranks(string file)
    {
        Run(ranks: 2, steps: 1, (_, _, _) => { }, Write);
        string path = Path.Join(_folder["step-000000001"], file);
        byte[] bytes = File.ReadAllBytes(path);
        bytes[^1] ^= 1;
        File.WriteAllBytes(path, bytes);
        ThreadRanks.Run(2, ranks =>
        {
            using var device = new Device();
            var (pool, optimizer) = Create(ranks, device);
            var failure = Assert.ThrowsAny<Exception>(() => new ShardedCheckpoint(_folder.Path, ranks).Read(pool, optimizer));
            Assert.Contains(failure is CheckpointException ? "is damaged" : "failed", failure.Message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void What_does_not_belong_is_refused() => ThreadRanks.Run(2, ranks =>
    {
        using var device = new Device();
        var (pool, optimizer) = Create(ranks, device);
        var checkpoint = new ShardedCheckpoint(_folder.Path, ranks);
        Assert.Contains("there is none", Assert.Throws<CheckpointException>(() => checkpoint.Read(pool, optimizer)).Message);
        var other = new Adam([pool.Weight], device.Kernels);
        Assert.Contains("1 parameter, not just the pool's 2", Assert.Throws<ArgumentException>(() => checkpoint.Write(new Disk(), pool, other)).Message);
    });

    public void Dispose() => _folder.Dispose();

    private static void Write(ShardedCheckpoint checkpoint, ShardedModules pool, Adam optimizer) => checkpoint.Write(new Disk(), pool, optimizer);

    private static void Read(ShardedCheckpoint checkpoint, ShardedModules pool, Adam optimizer) => checkpoint.Read(pool, optimizer);

    /// <summary>Trains up to a step, and returns all modules as text.</summary>
    private string Run(
        int ranks, int steps, Action<ShardedCheckpoint, ShardedModules, Adam> begin, Action<ShardedCheckpoint, ShardedModules, Adam> end)
    {
        string[][] parts = new string[ranks][];
        ThreadRanks.Run(ranks, own =>
        {
            using var device = new Device();
            var (pool, optimizer) = Create(own, device);
            var checkpoint = new ShardedCheckpoint(_folder.Path, own);
            begin(checkpoint, pool, optimizer);
            while (optimizer.StepCount < steps)
            {
                device.Tape.Reset(recording: true);
                device.Tape.Backward(Problem.Loss(device.Tape, own, pool, Problem.OwnInputs(own), out _));
                optimizer.Step();
            }
            end(checkpoint, pool, optimizer);
            parts[own.Rank] = [.. pool.Parameters.Select(parameter => Convert.ToHexString(MemoryMarshal.AsBytes(parameter.Value.Values)))];
        });
        return string.Join('\n', parts[0].Select((_, parameter) => string.Concat(parts.Select(part => part[parameter]))));
    }

    private static (ShardedModules Pool, Adam Optimizer) Create(ICommunicator ranks, Device device)
    {
        var pool = (ShardedModules)Problem.Pool(ranks);
        return (pool, new Adam(pool.Parameters, device.Kernels, learningRate: 0.01));
    }

    private sealed class FullDisk(bool isFull) : IDisk
    {
        private readonly Disk _disk = new();

        public void CreateFolder(string path) => _disk.CreateFolder(path);

        public void Write(string path, Action<Stream> write)
        {
            if (isFull)
                throw new IOException("full");
            _disk.Write(path, write);
        }

        public void Append(string path, byte[] bytes) => _disk.Append(path, bytes);

        public void Flush(string path) => _disk.Flush(path);

        public void Move(string source, string target) => _disk.Move(source, target);

        public void DeleteFile(string path) => _disk.DeleteFile(path);

        public void DeleteFolder(string path) => _disk.DeleteFolder(path);
    }
}
