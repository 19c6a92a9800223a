using System.Runtime.InteropServices;
using System.Text;
using Google.Protobuf;
using ModularNetworks.Engine;
using ModularNetworks.Onnx.Files;
using static ModularNetworks.Onnx.Files.TensorProto.Types;

namespace ModularNetworks.Onnx;

/// <summary>The constants of a file, each of which is there once. They lie in the outermost graph, where all graphs within it read them.</summary>
/// <param name="graph">The outermost graph.</param>
/// <param name="names">The names of all values.</param>
internal sealed class Constants(GraphProto graph, Names names)
{
    // What Protocol Buffers, and so ONNX, can hold in one file, less some room for the nodes.
    private const long MostBytes = int.MaxValue - (16 << 20);

    private readonly Dictionary<string, Value> _values = [];
    private long _bytes;

    /// <summary>A parameter of the network, or what is made of some.</summary>
    /// <param name="name">Its name, by which it is known.</param>
    /// <param name="tensor">Its elements.</param>
    /// <exception cref="NotSupportedException">The network is larger than a file can be.</exception>
    public Value Of(string name, Tensor tensor) =>
        Of(name, tensor.Values, [.. Enumerable.Range(0, tensor.Shape.Rank).Select(axis => tensor.Shape[axis])]);

    /// <summary>The numbers of a pool's modules as they compute with them: with what families have in common added.</summary>
    /// <param name="own">What each module has alone, <c>[modules, ...]</c>.</param>
    /// <param name="sum">Adds what is common.</param>
    public Value Stack(Parameter own, Func<Tape, Tensor> sum)
    {
        using var workers = new WorkerPool(threadCount: 1);
        return Of(own.Name, sum(new Tape(SimdKernels.Create(workers))));
    }

    /// <summary>A parameter of the network.</summary>
    public Value Of(Parameter parameter) => Of(parameter.Name, parameter.Value);

    /// <summary>A tensor of single precision.</summary>
    public Value Of(string name, ReadOnlySpan<float> values, params ReadOnlySpan<int> shape) =>
        Add(name, DataType.Float, MemoryMarshal.AsBytes(values), shape);

    /// <summary>A tensor of double precision.</summary>
    public Value Of(string name, ReadOnlySpan<double> values, params ReadOnlySpan<int> shape) =>
        Add(name, DataType.Double, MemoryMarshal.AsBytes(values), shape);

    /// <summary>A tensor of whole numbers.</summary>
    public Value Of(string name, ReadOnlySpan<long> values, params ReadOnlySpan<int> shape) =>
        Add(name, DataType.Int64, MemoryMarshal.AsBytes(values), shape);

    /// <summary>A list of whole numbers, such as a shape, named after them.</summary>
    public Value List(params ReadOnlySpan<long> values) => Of($"[{string.Join(',', values.ToArray())}]", values, values.Length);

    /// <summary>A whole number, named after itself.</summary>
    public Value Number(long value) => Of($"{value}", (ReadOnlySpan<long>)[value]);

    /// <summary>A list of words.</summary>
    public Value Words(string name, IEnumerable<string> words)
    {
        var tensor = new TensorProto { DataType = (int)DataType.String };
        tensor.StringData.AddRange(words.Select(word => ByteString.CopyFrom(word, Encoding.UTF8)));
        tensor.Dims.Add(tensor.StringData.Count);
        return Add(name, tensor);
    }

    private Value Add(string name, DataType type, ReadOnlySpan<byte> bytes, ReadOnlySpan<int> shape)
    {
        if (_values.TryGetValue(name, out var known))
            return known;
        _bytes += bytes.Length;
        if (_bytes > MostBytes)
        {
            throw new NotSupportedException(
                $"The network's numbers take more than {MostBytes / 1_000_000} MB, more than an ONNX file can hold. Use a smaller network.");
        }
        var tensor = new TensorProto { DataType = (int)type, RawData = ByteString.CopyFrom(bytes) };
        foreach (int size in shape)
            tensor.Dims.Add(size);
        return Add(name, tensor);
    }

    private Value Add(string name, TensorProto tensor)
    {
        if (_values.TryGetValue(name, out var known))
            return known;
        tensor.Name = names.Take(name);
        graph.Initializer.Add(tensor);
        return _values[name] = new Value(tensor.Name);
    }
}
