using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace ModularNetworks.Onnx.Tests;

/// <summary>An ONNX file in ONNX Runtime.</summary>
internal sealed class OnnxFile : IDisposable
{
    private readonly InferenceSession _session;

    /// <summary>Loads a file.</summary>
    public OnnxFile(Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        Bytes = stream.ToArray();
        using var options = new SessionOptions { IntraOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        _session = new InferenceSession(Bytes, options);
    }

    /// <summary>The file.</summary>
    public byte[] Bytes { get; }

    /// <summary>What is known of the network.</summary>
    public IReadOnlyDictionary<string, string> Properties => _session.ModelMetadata.CustomMetadataMap;

    /// <summary>The names of the inputs.</summary>
    public IEnumerable<string> Inputs => _session.InputMetadata.Keys;

    /// <summary>The names of the outputs.</summary>
    public IEnumerable<string> Outputs => _session.OutputMetadata.Keys;

    public void Dispose() => _session.Dispose();

    /// <summary>An input.</summary>
    public static NamedOnnxValue Input<T>(string name, ReadOnlySpan<T> values, params int[] shape) =>
        NamedOnnxValue.CreateFromTensor(name, new DenseTensor<T>(values.ToArray(), shape));

    /// <summary>Runs the file.</summary>
    public Answers Run(params NamedOnnxValue[] inputs)
    {
        using var results = _session.Run(inputs);
        return new Answers(results.ToDictionary(result => result.Name, result => result.Value is DenseTensor<float> floats
            ? (object)floats.ToArray()
            : ((DenseTensor<long>)result.Value).ToArray()));
    }

    /// <summary>The sizes of what a run of the file gives.</summary>
    public IReadOnlyDictionary<string, int[]> Shapes(params NamedOnnxValue[] inputs)
    {
        using var results = _session.Run(inputs);
        return results.ToDictionary(
            result => result.Name, result => result.Value is DenseTensor<float> floats ? floats.Dimensions.ToArray() : ((DenseTensor<long>)result.Value).Dimensions.ToArray());
    }

    /// <summary>What a run gave.</summary>
    internal sealed class Answers(IReadOnlyDictionary<string, object> values)
    {
        public float[] Numbers(string name) => (float[])values[name];

        public int[] Modules(string layer) => [.. ((long[])values[$"{layer}_modules"]).Select(module => (int)module)];
    }
}
