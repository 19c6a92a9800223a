namespace ModularNetworks.Data;

/// <summary>
/// Walks over a structure in Thrift's compact protocol, in which Parquet files tell what they hold. A decoder that trusts damaged counts may
/// never end; this walk checks them first: every element of a list takes a byte at least, and structures have few levels.
/// </summary>
/// <param name="bytes">Begins with the structure.</param>
internal ref struct ThriftWalk(ReadOnlySpan<byte> bytes)
{
    private const int MostLevels = 16;
    private const int LongList = 15;
    private const int HalfByte = 4;
    private const int LowHalf = 0x0F;
    private const int BitsOfByte = 7;
    private const int MostVarintBytes = 10;

    private readonly ReadOnlySpan<byte> _bytes = bytes;

    private enum Kind
    {
        Stop,
        True,
        False,
        Byte,
        Int16,
        Int32,
        Int64,
        Double,
        Binary,
        List,
        Struct = 12,
    }

    /// <summary>The number of bytes that were walked over.</summary>
    public int Position { get; private set; }

    /// <summary>Walks over the structure.</summary>
    /// <param name="numbers">Receives the whole numbers of the structure itself, by the numbers of their fields.</param>
    /// <exception cref="FormatException">It is damaged.</exception>
    public void Structure(Dictionary<int, long> numbers) => Fields(MostLevels, numbers);

    private void Fields(int levels, Dictionary<int, long>? numbers)
    {
        if (levels == 0)
            throw new FormatException("structures are nested too deeply.");
        for (int field = 0; ;)
        {
            int header = Next();
            var kind = (Kind)(header & LowHalf);
            if (kind == Kind.Stop)
                return;
            field = header >> HalfByte is > 0 and var step ? field + step : (int)Signed(Varint());
            if (kind is Kind.Int16 or Kind.Int32 or Kind.Int64)
                (numbers ?? [])[field] = Signed(Varint());
            else if (kind is not (Kind.True or Kind.False))
                Value(kind, levels);
        }
    }

    private void Value(Kind kind, int levels)
    {
        switch (kind)
        {
            case Kind.Byte:
                Pass(1);
                break;
            case Kind.Int16 or Kind.Int32 or Kind.Int64:
                Varint();
                break;
            case Kind.Double:
                Pass(sizeof(double));
                break;
            case Kind.Binary:
                Pass(Varint());
                break;
            case Kind.List:
                List(levels);
                break;
            case Kind.Struct:
                Fields(levels - 1, numbers: null);
                break;
            default:
                throw new FormatException($"a value has the unknown kind {kind}.");
        }
    }

    private void List(int levels)
    {
        int header = Next();
        ulong count = header >> HalfByte is < LongList and var few ? (ulong)few : Varint();
        if (count > (ulong)(_bytes.Length - Position))
            throw new FormatException($"a list says that it has {count} elements, more than there are bytes.");
        for (; count > 0; count--)
            Value((Kind)(header & LowHalf), levels - 1);
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

    private ulong Varint()
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

    private static long Signed(ulong value) => (long)(value >> 1) ^ -(long)(value & 1);
}
