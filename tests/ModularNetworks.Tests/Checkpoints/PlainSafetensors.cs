using System.Text;
using System.Text.Json.Nodes;

namespace ModularNetworks.Tests;

/// <summary>
/// The safetensors format once more, after its description (https://github.com/huggingface/safetensors#format) and without
/// anything of the library's: N, an unsigned little-endian 64-bit number; N bytes of JSON that begin with <c>{</c> and may end
/// with spaces; a byte buffer that the tensors' offsets cover whole, without holes.
/// </summary>
internal static class PlainSafetensors
{
    /// <summary>A tensor: its shape, and its numbers in row-major order.</summary>
    public sealed record Entry(int[] Shape, float[] Numbers);

    /// <summary>Reads a file as strictly as the description asks.</summary>
    public static Dictionary<string, Entry> Read(byte[] file)
    {
        long length = 0;
        for (int i = 7; i >= 0; i--)
            length = (length * 256) + file[i];
        Assert.InRange(length, 2, 100_000_000);
        string header = Encoding.UTF8.GetString(file, 8, (int)length);
        Assert.Equal('{', header[0]);
        byte[] buffer = file[(8 + (int)length)..];
        var entries = new Dictionary<string, Entry>();
        var covered = new List<(int Start, int End)>();
        foreach (var (name, value) in JsonNode.Parse(header)!.AsObject().Where(entry => entry.Key != "__metadata__"))
        {
            Assert.Equal("F32", (string)value!["dtype"]!);
            Assert.Equal(["data_offsets", "dtype", "shape"], value.AsObject().Select(part => part.Key).Order());
            int[] shape = [.. value["shape"]!.AsArray().Select(size => (int)size!)];
            int start = (int)value["data_offsets"]![0]!, end = (int)value["data_offsets"]![1]!;
            int count = shape.Aggregate(1, (product, size) => product * size);
            Assert.Equal(4 * count, end - start);
            covered.Add((start, end));
            entries.Add(name, new Entry(shape, [.. Enumerable.Range(0, count).Select(i => Number(buffer, start + (4 * i)))]));
        }
        Assert.Equal(buffer.Length, covered.Order().Aggregate(0, (at, next) => next.Start == at ? next.End : -1));
        return entries;
    }

    /// <summary>Writes a file as other libraries may: with metadata, and no spaces after the header.</summary>
    public static byte[] Write(IEnumerable<(string Name, Entry Entry)> tensors)
    {
        var header = new StringBuilder("{\"__metadata__\":{\"format\":\"pt\"}");
        var buffer = new List<byte>();
        foreach (var (name, (shape, numbers)) in tensors)
        {
            int start = buffer.Count;
            foreach (float number in numbers)
            {
                uint bits = BitConverter.SingleToUInt32Bits(number);
                buffer.AddRange([(byte)bits, (byte)(bits >> 8), (byte)(bits >> 16), (byte)(bits >> 24)]);
            }
            header.Append($",\"{name}\":{{\"shape\":[{string.Join(",", shape)}],\"data_offsets\":[{start},{buffer.Count}],\"dtype\":\"F32\"}}");
        }
        byte[] text = Encoding.UTF8.GetBytes(header.Append('}').ToString());
        return [.. Enumerable.Range(0, 8).Select(i => (byte)((ulong)text.Length >> (8 * i))), .. text, .. buffer];
    }

    private static float Number(byte[] bytes, int at) => BitConverter.UInt32BitsToSingle(
        bytes[at] + ((uint)bytes[at + 1] << 8) + ((uint)bytes[at + 2] << 16) + ((uint)bytes[at + 3] << 24));
}
