using ModularNetworks.Data;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>Some rows of a table as vectors, and what was found between them.</summary>
/// <param name="features">The size of a vector.</param>
internal sealed class RowBatch(int features)
{
    /// <summary>The most rows, and the most wrong rows, that a batch holds.</summary>
    public const int MostRows = 1000;

    private readonly long[] _numbers = new long[MostRows];
    private readonly List<DataException> _wrong = [];

    /// <summary>The vectors, <c>[rows, features]</c>; those after <see cref="Count"/> are zero.</summary>
    public Tensor Inputs { get; } = Tensor.Allocate(new Shape(MostRows, features));

    /// <summary>The number of rows.</summary>
    public int Count { get; private set; }

    /// <summary>The lines of the rows, <c>[Count]</c>.</summary>
    public ReadOnlySpan<long> Numbers => _numbers.AsSpan(0, Count);

    /// <summary>What is wrong with the rows between them that cannot be read.</summary>
    public IReadOnlyList<DataException> Wrong => _wrong;

    /// <summary>Why there are no further rows, if that is not the end of the table.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Whether there is no room for a row, or for a wrong one.</summary>
    public bool IsFull => Count == MostRows || _wrong.Count == MostRows;

    /// <summary>Adds a row.</summary>
    public void Add(long number, ReadOnlySpan<float> vector)
    {
        vector.CopyTo(Inputs.Values[(Count * features)..]);
        _numbers[Count++] = number;
    }

    /// <summary>Adds a row that cannot be read.</summary>
    public void Add(DataException wrong) => _wrong.Add(wrong);

    /// <summary>Forgets all rows.</summary>
    public void Clear()
    {
        Inputs.Values.Clear();
        Count = 0;
        _wrong.Clear();
    }
}
