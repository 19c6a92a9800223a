namespace ModularNetworks.Reporting.Tests;

/// <summary>Reads event files by the published descriptions of the format; shares nothing with what writes them.</summary>
internal static class EventFile
{
    /// <summary>The events of a folder as TensorBoard shows them: files in the order of their names, orphaned events dropped.</summary>
    public static List<ProtoMessage> ReadFolder(string folder)
    {
        var events = new List<ProtoMessage>();
        foreach (string path in Directory.GetFiles(folder).Order(StringComparer.Ordinal))
        {
            foreach (var read in Read(path))
            {
                if (read.Numbers.Contains(7) && read.Message(7).Integer(1) == 1)
                    events.RemoveAll(earlier => earlier.Integer(2) >= read.Integer(2));
                else
                    events.Add(read);
            }
        }
        return events;
    }

    /// <summary>The events of a file. A last one that was cut off is left out.</summary>
    public static List<ProtoMessage> Read(string path)
    {
        var events = new List<ProtoMessage>();
        ReadOnlySpan<byte> data = File.ReadAllBytes(path);
        while (data.Length >= 12)
        {
            ulong length = BitConverter.ToUInt64(data);
            Assert.Equal(Masked(data[..8]), BitConverter.ToUInt32(data[8..]));
            if ((ulong)data.Length < length + 16)
                break;
            var record = data.Slice(12, (int)length);
            Assert.Equal(Masked(record), BitConverter.ToUInt32(data[(12 + (int)length)..]));
            events.Add(new ProtoMessage(record));
            data = data[(16 + (int)length)..];
        }
        return events;
    }

    /// <summary>The scalars of an event by their tags.</summary>
    public static Dictionary<string, float> Scalars(ProtoMessage read) => Values(read)
        .Where(value => value.Numbers.Contains(2))
        .ToDictionary(value => value.Text(1), value => value.Float(2));

    /// <summary>The value of an event that has a tag.</summary>
    public static ProtoMessage Value(ProtoMessage read, string tag) => Assert.Single(Values(read), value => value.Text(1) == tag);

    /// <summary>The values of an event.</summary>
    public static IEnumerable<ProtoMessage> Values(ProtoMessage read) => read.Message(5).Messages(1);

    private static uint Masked(ReadOnlySpan<byte> data)
    {
        uint crc = BitwiseCrc.Crc32C(data);
        return unchecked(((crc >> 15) | (crc << 17)) + 0xA282EAD8);
    }
}
