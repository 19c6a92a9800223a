using System.Text;

namespace ModularNetworks.Reporting.Tests;

/// <summary>A message in the wire format of protocol buffers: the fields in the order in which they were written.</summary>
internal sealed class ProtoMessage
{
    private readonly List<(int Number, int Wire, byte[] Bytes)> _fields = [];

    public ProtoMessage(ReadOnlySpan<byte> data)
    {
        while (!data.IsEmpty)
        {
            ulong key = Varint(ref data);
            int wire = (int)(key & 7);
            int length = wire switch
            {
                0 => VarintLength(data),
                1 => 8,
                2 => (int)Varint(ref data),
                5 => 4,
                _ => throw new InvalidDataException($"wire type {wire}"),
            };
            _fields.Add(((int)(key >> 3), wire, data[..length].ToArray()));
            data = data[length..];
        }
    }

    public IEnumerable<int> Numbers => _fields.Select(item => item.Number);

    public IEnumerable<ProtoMessage> Messages(int number) => All(number, wire: 2).Select(bytes => new ProtoMessage(bytes));

    public ProtoMessage Message(int number) => Assert.Single(Messages(number));

    public byte[] Bytes(int number) => Assert.Single(All(number, wire: 2));

    public string Text(int number) => Encoding.UTF8.GetString(Bytes(number));

    public double Double(int number) => All(number, wire: 1).Select(bytes => BitConverter.ToDouble(bytes)).SingleOrDefault();

    public float Float(int number) => BitConverter.ToSingle(Assert.Single(All(number, wire: 5)));

    public long Integer(int number)
    {
        ReadOnlySpan<byte> bytes = All(number, wire: 0).SingleOrDefault() ?? [0];
        return (long)Varint(ref bytes);
    }

    /// <summary>Doubles of a repeated field, all in one piece.</summary>
    public double[] Doubles(int number)
    {
        byte[] bytes = Bytes(number);
        return [.. Enumerable.Range(0, bytes.Length / 8).Select(i => BitConverter.ToDouble(bytes, 8 * i))];
    }

    private IEnumerable<byte[]> All(int number, int wire)
    {
        foreach (var field in _fields.Where(field => field.Number == number))
        {
            Assert.Equal(wire, field.Wire);
            yield return field.Bytes;
        }
    }

    private static ulong Varint(ref ReadOnlySpan<byte> data)
    {
        int length = VarintLength(data);
        ulong value = 0;
        for (int i = 0; i < length; i++)
            value |= (ulong)(data[i] & 0x7F) << (7 * i);
        data = data[length..];
        return value;
    }

    private static int VarintLength(ReadOnlySpan<byte> data)
    {
        int length = 1;
        while (data[length - 1] >= 0x80)
            length++;
        return length;
    }
}
