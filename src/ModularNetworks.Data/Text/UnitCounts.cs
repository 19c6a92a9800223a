using System.Runtime.InteropServices;

namespace ModularNetworks.Data;

/// <summary>Counts the units of a training text.</summary>
internal sealed class UnitCounts
{
    // With their texts, so many take about a gigabyte.
    private const int MostDifferent = 10_000_000;

    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    /// <summary>Starts with nothing counted.</summary>
    public UnitCounts() => _lookup = _counts.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>How often each unit occurs.</summary>
    public IReadOnlyDictionary<string, long> Counts => _counts;

    /// <summary>Counts a unit.</summary>
    /// <exception cref="DataException">There are too many different ones.</exception>
    public void Add(ReadOnlySpan<char> unit)
    {
        CollectionsMarshal.GetValueRefOrAddDefault(_lookup, unit, out _)++;
        if (_counts.Count > MostDifferent)
            throw new DataException($"The training text has more than {MostDifferent} different words. Read it with --tokens bpe or character.");
    }
}
