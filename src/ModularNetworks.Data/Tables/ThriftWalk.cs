using ModularNetworks.Engine;

namespace ModularNetworks.Data;

/// <summary>
/// Walks over a structure in Thrift's compact protocol, in which Parquet files tell what they hold. A decoder that trusts damaged counts and kinds
/// may never end; this walk checks them first: every element of a list takes a byte at least, structures have few levels, and what is known is of
/// its kind.
/// </summary>
/// <param name="bytes">Begins with the structure.</param>
/// <param name="watched">The structures in it whose numbers are kept; null if none are.</param>
internal ref struct ThriftWalk(ReadOnlySpan<byte> bytes, ThriftShape? watched = null)
{
    private const int MostLevels = 16;
    private const int LongList = 15;
    private const int HalfByte = 4;
    private const int LowHalf = 0x0F;
    private const int BitsOfByte = 7;
    private const int MostVarintBytes = 10;

    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private readonly ThriftShape? _watched = watched;
    private readonly List<Dictionary<int, long>> _found = [];

    /// <summary>The whole numbers of the structures that are watched, by the numbers of their fields, in the order in which they stand.</summary>
    public readonly IReadOnlyList<IReadOnlyDictionary<int, long>> Found => _found;

    /// <summary>The number of bytes that were walked over.</summary>
    public int Position { get; private set; }

    /// <summary>Walks over the structure.</summary>
    /// <param name="shape">What it must be.</param>
    /// <param name="numbers">Receives the whole numbers of the structure itself, by the numbers of their fields.</param>
    /// <exception cref="FormatException">It is damaged.</exception>
    public void Structure(ThriftShape shape, Dictionary<int, long> numbers) => Fields(MostLevels, shape, numbers);

    /// <summary>Reads a number without a sign: seven bits a byte, the lowest first.</summary>
    /// <exception cref="FormatException">It is cut off, or has too many bytes.</exception>
    public ulong Varint()
    {
        ulong value = 0;
        for (int place = 0; place < MostVarintBytes; place++)
        {
            int next = Next();
            value |= (ulong)(next & ~(1 << BitsOfByte)) << (BitsOfByte * place);
            if (next >> BitsOfByte == 0)
                return value;
        }
        throw new FormatException("a number has too many bytes.");
    }

    private void Fields(int levels, ThriftShape? shape, Dictionary<int, long>? numbers)
    {
        if (levels == 0)
            throw new FormatException("structures are nested too deeply.");
        if (shape is not null && shape == _watched)
            _found.Add(numbers = []);
        for (int field = 0; ;)
        {
            int header = Next();
            if (header == (int)ThriftKind.Stop)
                return;
            var kind = (ThriftKind)(header & LowHalf);
            // Fields are numbered in 16 bits.
            field = (short)(header >> HalfByte is > 0 and var step ? field + step : Signed(Varint()));
            var known = shape?.Fields?.GetValueOrDefault(field);
            kind = kind == ThriftKind.False ? ThriftKind.True : kind;
            Require(known, kind);
            if (kind is ThriftKind.Int16 or ThriftKind.Int32 or ThriftKind.Int64)
                (numbers ?? [])[field] = Signed(Varint());
            else if (kind != ThriftKind.True)
                Value(kind, known, levels);
        }
    }

    private void Value(ThriftKind kind, ThriftShape? known, int levels)
    {
        switch (kind)
        {
            case ThriftKind.Byte:
                Pass(1);
                break;
            case ThriftKind.Int16 or ThriftKind.Int32 or ThriftKind.Int64:
                Varint();
                break;
            case ThriftKind.Double:
                Pass(sizeof(double));
                break;
            case ThriftKind.Binary:
                Pass(Varint());
                break;
            case ThriftKind.List:
                List(known?.Element, levels - 1);
                break;
            case ThriftKind.Struct:
                Fields(levels - 1, known, numbers: null);
                break;
            default:
                throw new FormatException($"a value has the unknown kind {kind}.");
        }
    }

    private void List(ThriftShape? element, int levels)
    {
        int header = Next();
        var kind = (ThriftKind)(header & LowHalf);
        ulong count = header >> HalfByte is < LongList and var few ? (ulong)few : Varint();
        if (levels == 0 || count > (ulong)(_bytes.Length - Position))
            throw new FormatException($"a list says that it has {Counted.Of(count, "element")}, more than there are bytes, or is nested too deeply.");
        if (count > 0)
            Require(element, kind);
        for (; count > 0; count--)
            Value(kind, element, levels);
    }

    private static void Require(ThriftShape? known, ThriftKind found)
    {
        if (known is not null && known.Kind != found)
            throw new FormatException($"a value of the kind {found} stands where {known.Kind} is expected.");
    }

    private int Next()
    {
        Pass(1);
        return _bytes[Position - 1];
    }

    private void Pass(ulong count)
    {
        if (count > (ulong)(_bytes.Length - Position))
            throw new FormatException("it ends too early.");
        Position += (int)count;
    }

    private static long Signed(ulong value) => (long)(value >> 1) ^ -(long)(value & 1);
}
