using System.Numerics.Tensors;
using Microsoft.ML.OnnxRuntime;
using ModularNetworks.Onnx;

namespace ModularNetworks.ServeBench;

/// <summary>A request to predict.</summary>
/// <param name="Rows">The rows, each a list of numbers.</param>
internal sealed record DigitRequest(float[][] Rows);

/// <summary>The answer for a row.</summary>
/// <param name="Class">The most probable class.</param>
/// <param name="Probabilities">The probability of each class.</param>
internal sealed record DigitPrediction(int Class, float[] Probabilities);

/// <summary>The answer to a request.</summary>
/// <param name="Predictions">What is predicted for each row.</param>
internal sealed record DigitAnswer(DigitPrediction[] Predictions);

/// <summary>Predicts by ONNX Runtime.</summary>
internal sealed class RuntimeModel : IDisposable
{
    private static readonly string[] Outputs = ["probabilities"];

    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();
    private readonly int _inputs;
    private readonly int _classes;

    public RuntimeModel(ModularClassifier classifier)
    {
        (_inputs, _classes) = (classifier.Inputs, classifier.Classes);
        using var file = new MemoryStream();
        OnnxExport.Write(file, classifier);
        // The requests are many and small: each is worked on by one thread.
        using var options = new SessionOptions { IntraOpNumThreads = 1 };
        _session = new InferenceSession(file.ToArray(), options);
    }

    public DigitAnswer Predict(DigitRequest request)
    {
        float[] numbers = [.. request.Rows.SelectMany(row => row)];
        using var features = OrtValue.CreateTensorValueFromMemory(numbers, [request.Rows.Length, _inputs]);
        var inputs = new Dictionary<string, OrtValue> { ["features"] = features };
        using var outputs = _session.Run(_run, inputs, Outputs);
        var probabilities = outputs[0].GetTensorDataAsSpan<float>();
        var predictions = new DigitPrediction[request.Rows.Length];
        for (int row = 0; row < predictions.Length; row++)
        {
            float[] own = probabilities.Slice(row * _classes, _classes).ToArray();
            predictions[row] = new DigitPrediction(TensorPrimitives.IndexOfMax<float>(own), own);
        }
        return new DigitAnswer(predictions);
    }

    public void Dispose()
    {
        _run.Dispose();
        _session.Dispose();
    }
}
