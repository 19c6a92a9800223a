namespace ModularNetworks.Data;

/// <summary>The rows of a table that cannot be read: how many there are, and what is wrong with the first.</summary>
internal sealed class DamagedRows
{
    // So many are found within seconds, and more say nothing more.
    private const int Most = 100_000;

    private DataException? _first;
    private int _count;

    /// <summary>Adds a row.</summary>
    /// <param name="problem">What is wrong with it.</param>
    /// <exception cref="DataException">There are so many that no more are counted.</exception>
    public void Add(DataException problem)
    {
        _first ??= problem;
        if (++_count == Most)
            Refuse();
    }

    /// <summary>Refuses the table if there are any.</summary>
    /// <exception cref="DataException">There are.</exception>
    public void Refuse()
    {
        if (_first is null)
            return;
        throw _count == 1
            ? _first
            : new DataException($"{_first.Message} This is the first of {_count}{(_count == Most ? " or more" : "")} damaged rows.", _first);
    }
}
