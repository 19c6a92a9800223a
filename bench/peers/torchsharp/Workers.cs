using TorchSharp;
using static TorchSharp.torch;

namespace ModularNetworks.TorchSharpPeer;

/// <summary>A few threads of their own, on which the library's kernels use one thread each.</summary>
internal sealed class Workers
{
    /// <summary>The number of rows that are worked on at once; so few that their logits stay in the second-level cache.</summary>
    public const int ChunkRows = 32;

    private readonly SemaphoreSlim[] _start;
    private readonly CountdownEvent _done;
    private readonly Tensor?[] _results;
    private Func<(long First, long Count)[], Tensor>? _work;
    private (long First, long Count)[][] _shares = [];
    private volatile Exception? _failure;

    public Workers(int count)
    {
        _start = [.. Enumerable.Range(0, count).Select(_ => new SemaphoreSlim(0))];
        _results = new Tensor?[count];
        _done = new CountdownEvent(count);
        for (int i = 0; i < count; i++)
        {
            int index = i;
            new Thread(() => Loop(index)) { IsBackground = true }.Start();
        }
    }

    /// <summary>Gives each thread its share of the chunks of rows.</summary>
    /// <returns>What the threads return.</returns>
    public Tensor[] Run(long rows, Func<(long First, long Count)[], Tensor> work)
    {
        var chunks = new List<(long, long)>();
        for (long i = 0; i < rows; i += ChunkRows)
            chunks.Add((i, Math.Min(ChunkRows, rows - i)));
        int count = _start.Length;
        _shares = [.. Enumerable.Range(0, count).Select(k => chunks[(k * chunks.Count / count)..((k + 1) * chunks.Count / count)].ToArray())];
        (_work, _failure) = (work, null);
        _done.Reset();
        foreach (var start in _start)
            start.Release();
        _done.Wait();
        return _failure is { } failure ? throw new InvalidOperationException("a thread failed: " + failure.Message, failure) : [.. _results.Select(result => result!)];
    }

    private void Loop(int index)
    {
        set_num_threads(1);
        while (true)
        {
            _start[index].Wait();
            try
            {
                using var off = no_grad();
                _results[index] = _work!(_shares[index]);
            }
            catch (Exception failure)
            {
                _failure = failure;
            }
            _done.Signal();
        }
    }
}
