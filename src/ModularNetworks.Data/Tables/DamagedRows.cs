namespace ModularNetworks.Data;

/// <summary>The rows of a table that cannot be read: how many there are, and what is wrong with the first.</summary>
internal sealed class DamagedRows
{
    // So many are found within seconds, and more say nothing more.
    private const int Most = 100_000;

    private readonly HashSet<long> _numbers = [];
    private DataException? _first;
    private long _firstNumber;

    /// <summary>Whether there are any.</summary>
    public bool Any => _first is not null;

    /// <summary>Whether so many were found that no more are counted.</summary>
    public bool IsFull => _numbers.Count >= Most;

    /// <summary>Adds a row, also one that was added before.</summary>
    /// <param name="number">The number of its line or row.</param>
    /// <param name="problem">What is wrong with it.</param>
    public void Add(long number, DataException problem)
    {
        if (_first is null || number < _firstNumber)
            (_first, _firstNumber) = (problem, number);
        if (!IsFull)
            _numbers.Add(number);
    }

    /// <summary>Refuses the table if there are any.</summary>
    /// <exception cref="DataException">There are.</exception>
    public void Refuse()
    {
        if (_first is null)
            return;
        throw _numbers.Count == 1
            ? _first
            : new DataException($"{_first.Message} This is the first of {_numbers.Count}{(IsFull ? " or more" : "")} damaged rows.", _first);
    }
}
