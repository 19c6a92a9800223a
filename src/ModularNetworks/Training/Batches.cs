using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// Shuffled mini-batches of the items 0 to <c>count</c> - 1: every epoch goes through a fresh permutation, and the items
/// at its end that do not fill a batch are left out of that epoch.
/// </summary>
/// <remarks>
/// Batch number <c>i</c> depends on the key and <c>i</c> alone, so that saving <see cref="Position"/> and setting it again
/// goes on exactly. If there are fewer items than a batch asks for, every batch holds all items, in a new order. Up to 16,777,216 items are shuffled
/// in memory (<see cref="RandomKey.Shuffle"/>); of more, each batch is found by itself (<see cref="RandomKey.ItemAt"/>), so that the memory does not
/// grow with them.
/// </remarks>
public sealed class Batches
{
    private const int MostShuffled = 1 << 24;

    private readonly RandomKey? _key;
    private readonly int _count;

    // All items in the order of an epoch, or those of one batch.
    private readonly int[] _order;
    private long _shuffledEpoch = -1;
    private long _position;

    /// <summary>Starts before the first batch.</summary>
    /// <param name="count">The number of items, at least 1.</param>
    /// <param name="size">The number of items in a batch, at least 1.</param>
    /// <param name="key">Decides the order; null to keep the order of the items.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is less than 1.</exception>
    public Batches(int count, int size, RandomKey? key)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        Size = Math.Min(size, count);
        PerEpoch = count / Size;
        (_key, _count) = (key, count);
        _order = SizedArray.Create<int>(nameof(Batches), IsShuffled ? count : Size);
    }

    /// <summary>The number of items in each batch: what was asked for, or all items if there are fewer.</summary>
    public int Size { get; }

    /// <summary>The number of batches in an epoch.</summary>
    public int PerEpoch { get; }

    /// <summary>The number of batches given out so far: all that a checkpoint needs besides the key.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to less than 0.</exception>
    public long Position
    {
        get => _position;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _position = value;
        }
    }

    /// <summary>The items of the batch given out last, <c>[Size]</c>; valid until the next call.</summary>
    /// <exception cref="InvalidOperationException">No batch has been given out.</exception>
    public ReadOnlySpan<int> Current
    {
        get
        {
            if (_position == 0)
                throw new InvalidOperationException("Batches: no batch has been given out; call Next first.");
            return At(_position - 1);
        }
    }

    /// <summary>The items of the batch that <see cref="Next"/> will give out, <c>[Size]</c>; valid until the next call.</summary>
    public ReadOnlySpan<int> Upcoming => At(_position);

    /// <summary>The items of the next batch, <c>[Size]</c>; valid until the next call.</summary>
    public ReadOnlySpan<int> Next()
    {
        _position++;
        return Current;
    }

    /// <summary>Mini-batches of a training set, in its order if it has one.</summary>
    /// <exception cref="ArgumentException">The training set is empty.</exception>
    internal static Batches Of<TBatch>(ITrainingSet<TBatch> data, int size, RandomKey key) => data.Count >= 1
        ? new Batches(data.Count, size, data.IsOrdered ? null : key)
        : throw new ArgumentException("Batches: the training set is empty; training needs at least one datapoint.");

    private bool IsShuffled => _key is not null && _count <= MostShuffled;

    private ReadOnlySpan<int> At(long position)
    {
        (long epoch, long batch) = Math.DivRem(position, PerEpoch);
        int first = (int)batch * Size;
        if (!IsShuffled)
            return Find(epoch, first);
        if (epoch != _shuffledEpoch)
            Shuffle(epoch);
        return _order.AsSpan(first, Size);
    }

    private ReadOnlySpan<int> Find(long epoch, int first)
    {
        var key = _key?.Split((ulong)epoch);
        for (int i = 0; i < _order.Length; i++)
            _order[i] = key?.ItemAt(first + i, _count) ?? first + i;
        return _order;
    }

    private void Shuffle(long epoch)
    {
        for (int i = 0; i < _order.Length; i++)
            _order[i] = i;
        _key?.Split((ulong)epoch).Shuffle(_order);
        _shuffledEpoch = epoch;
    }
}
