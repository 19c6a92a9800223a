using Microsoft.ML.OnnxRuntime;

namespace ModularNetworks.OnnxBench;

/// <summary>A prediction for a batch, to be timed on both sides.</summary>
/// <param name="network">The network, in words.</param>
/// <param name="batch">The number of rows.</param>
/// <param name="ours">Predicts by this library.</param>
/// <param name="write">Writes the network as a file.</param>
/// <param name="inputs">The inputs of the file, by name.</param>
internal sealed class Prediction(string network, int batch, Action ours, Action<Stream> write, IReadOnlyDictionary<string, OrtValue> inputs) : IDisposable
{
    private readonly InferenceSession _session = Load(write);
    private readonly RunOptions _run = new();

    /// <summary>The network, in words.</summary>
    public string Network => network;

    /// <summary>The number of rows.</summary>
    public int Batch => batch;

    /// <summary>Predicts by this library.</summary>
    public void Ours() => ours();

    /// <summary>Predicts by ONNX Runtime.</summary>
    public void Runtime() => _session.Run(_run, inputs, _session.OutputNames).Dispose();

    public void Dispose()
    {
        foreach (var input in inputs.Values)
            input.Dispose();
        _run.Dispose();
        _session.Dispose();
    }

    private static InferenceSession Load(Action<Stream> write)
    {
        using var file = new MemoryStream();
        write(file);
        using var options = new SessionOptions { IntraOpNumThreads = 1 };
        return new InferenceSession(file.ToArray(), options);
    }
}
