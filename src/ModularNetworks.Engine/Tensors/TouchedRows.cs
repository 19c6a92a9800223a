namespace ModularNetworks.Engine;

/// <summary>
/// Which rows of a gradient, entries of its first axis, may hold anything but zero since the gradient was
/// last cleared. What costs time for every row then costs it for these alone.
/// </summary>
public sealed class TouchedRows
{
    private readonly bool[] _isTouched;

    internal TouchedRows(int rows)
    {
        _isTouched = SizedArray.Create<bool>("Parameter", rows);
        Indices = IndexTensor.Allocate(new Shape(rows));
    }

    /// <summary>The number of touched rows.</summary>
    public int Count { get; private set; }

    /// <summary>The touched rows, in the order in which they were first touched.</summary>
    public ReadOnlySpan<int> Rows => Indices.Values[..Count];

    /// <summary>Holds <see cref="Rows"/>; the first <see cref="Count"/> entries count.</summary>
    internal IndexTensor Indices { get; }

    /// <summary>Whether a row is touched.</summary>
    internal bool Contains(int row) => _isTouched[row];

    /// <summary>Notes some rows.</summary>
    internal void Add(ReadOnlySpan<int> rows)
    {
        foreach (int row in rows)
            Add(row);
    }

    /// <summary>Notes every row, as after an operation that writes to all of the gradient.</summary>
    internal void AddAll()
    {
        for (int row = 0; row < _isTouched.Length && Count < _isTouched.Length; row++)
            Add(row);
    }

    /// <summary>Starts anew, once the gradient is zero.</summary>
    internal void Clear()
    {
        foreach (int row in Rows)
            _isTouched[row] = false;
        Count = 0;
    }

    /// <summary>Forgets a row, once its gradient is zero.</summary>
    /// <param name="place">Its place among <see cref="Rows"/>; the last row takes it.</param>
    internal void RemoveAt(int place)
    {
        _isTouched[Rows[place]] = false;
        Indices.Values[place] = Indices.Values[--Count];
    }

    /// <summary>Notes a row.</summary>
    internal void Add(int row)
    {
        if (_isTouched[row])
            return;
        _isTouched[row] = true;
        Indices.Values[Count++] = row;
    }
}
