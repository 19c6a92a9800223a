using System.Collections.Concurrent;
using ModularNetworks.Data;

namespace ModularNetworks.Experiments;

/// <summary>Reads the rows of a table on a thread of its own, a few batches ahead of who takes them, in the order of the file.</summary>
internal sealed class RowBatches : IDisposable
{
    private const int BatchesAhead = 4;

    private readonly BlockingCollection<RowBatch> _read = new(BatchesAhead);
    private readonly BlockingCollection<RowBatch> _free = new(BatchesAhead);
    private readonly CancellationTokenSource _stop = new();
    private readonly EncodedRows _rows;
    private readonly float[] _vector;
    private readonly Thread _thread;
    private RowBatch _batch;

    /// <summary>Opens a table and begins to read.</summary>
    /// <param name="open">Opens the table, given who is told of wrong rows.</param>
    /// <param name="features">The size of a row's vector.</param>
    /// <exception cref="DataException">The table cannot be opened, or lacks a column.</exception>
    public RowBatches(Func<Action<DataException>, EncodedRows> open, int features)
    {
        _vector = new float[features];
        _batch = new RowBatch(_vector.Length);
        for (int n = 1; n < BatchesAhead; n++)
            _free.Add(new RowBatch(_vector.Length));
        _rows = open(Tell);
        _thread = new Thread(Read) { IsBackground = true, Name = "table rows" };
        _thread.Start();
    }

    /// <summary>What counts the rows: lines or rows.</summary>
    public string Place => _rows.Place;

    /// <summary>The batches, of which each is valid until the next is taken.</summary>
    public IEnumerable<RowBatch> All()
    {
        foreach (var batch in _read.GetConsumingEnumerable())
        {
            yield return batch;
            batch.Clear();
            _free.Add(batch);
        }
    }

    private void Read()
    {
        try
        {
            while (_rows.Read(_vector))
            {
                _batch.Add(_rows.Number, _vector);
                HandOverIfFull();
            }
        }
        catch (OperationCanceledException)
        {
            return;
        }
        // Thrown again where the rows are taken, after those that were read.
        catch (Exception failure)
        {
            _batch.Failure = failure;
        }
        _read.Add(_batch);
        _read.CompleteAdding();
    }

    private void Tell(DataException wrong)
    {
        _batch.Add(wrong);
        HandOverIfFull();
    }

    private void HandOverIfFull()
    {
        if (!_batch.IsFull)
            return;
        _read.Add(_batch, _stop.Token);
        _batch = _free.Take(_stop.Token);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Cancel();
        _thread.Join();
        _rows.Dispose();
        _read.Dispose();
        _free.Dispose();
        _stop.Dispose();
    }
}
