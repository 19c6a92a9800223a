using System.Text.Json;
using ModularNetworks.Engine;
using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

namespace ModularNetworks.Serving;

/// <summary>Predicts for rows of numbers: a <see cref="ModularClassifier"/> or a <see cref="ModularRegressor"/> that was saved.</summary>
internal sealed class ServedVectors : ServedModel
{
    private const string Rows = "rows";

    private readonly PerceptronModel _model;
    private readonly bool _isClassifier;

    /// <summary>Serves a model.</summary>
    public ServedVectors(string name, PerceptronModel model, bool isClassifier)
        : base(name)
    {
        (_model, _isClassifier) = (model, isClassifier);
        Layers = model.Rule is FixedSelection ? [] : model.Rule.LayoutOf(model.Network.Layout).Layers;
    }

    /// <inheritdoc/>
    public override string Kind => "vector";

    /// <inheritdoc/>
    public override string Items => Rows;

    /// <inheritdoc/>
    public override IReadOnlyList<LayerLayout> Layers { get; }

    private int Inputs => _model.InputMeans.Length;

    /// <inheritdoc/>
    public override void Describe(Utf8JsonWriter json)
    {
        if (_isClassifier)
            json.WriteNumber("classes", _model.Network.Sizes.Outputs);
        json.WriteStartArray("means");
        foreach (float mean in _model.InputMeans)
            json.WriteNumberValue(mean);
        json.WriteEndArray();
    }

    /// <inheritdoc/>
    public override void DescribeItem(Utf8JsonWriter json)
    {
        json.WriteString("type", "array");
        json.WriteNumber("minItems", Inputs);
        json.WriteNumber("maxItems", Inputs);
        json.WriteStartObject("items");
        json.WriteString("type", "number");
        json.WriteEndObject();
    }

    /// <inheritdoc/>
    public override int Predict(JsonElement request, ServingLimits limits, Utf8JsonWriter json, CancellationToken stop)
    {
        request.RequireOnly(Rows);
        var rows = request.Items(Rows, limits.Rows);
        float[] numbers = new float[Inputs];
        var answer = new ModelAnswer();
        foreach (var (place, row) in rows.EnumerateArray().Index())
        {
            stop.ThrowIfCancellationRequested();
            Read(row, place + 1, numbers);
            Answer(numbers, answer, place + 1);
            Write(answer, json);
        }
        return rows.GetArrayLength();
    }

    private void Answer(float[] numbers, ModelAnswer answer, int number)
    {
        try
        {
            _model.Predict(numbers, answer);
        }
        catch (ArgumentException)
        {
            // The row has been checked, but for how far it is from those of the training.
            throw RequestException.NotFinite($"row {number}");
        }
    }

    private static void Read(JsonElement row, int number, float[] numbers)
    {
        if (row.ValueKind != JsonValueKind.Array || row.GetArrayLength() != numbers.Length)
            throw RequestException.Bad($"row {number} is no list of {Counted.Of(numbers.Length, "number")}.");
        foreach (var (place, value) in row.EnumerateArray().Index())
        {
            if (value.ValueKind != JsonValueKind.Number || !value.TryGetSingle(out numbers[place]) || !float.IsFinite(numbers[place]))
                throw RequestException.Bad($"row {number}, number {place + 1} is {RequestProperties.Quoted(value.GetRawText())}; a number between -3.4e38 and 3.4e38 is expected.");
        }
    }

    private void Write(ModelAnswer answer, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        if (_isClassifier)
            WriteClass(answer.Output, json);
        else
            json.WriteNumber("number", _model.TargetMean + (_model.TargetDeviation * answer.Output[0]));
        json.WriteStartObject("modules");
        foreach (var (place, layer) in Layers.Index())
            json.WriteNumbers(layer.Name, answer.Composition[place].Modules.ToArray());
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteClass(ReadOnlySpan<float> output, Utf8JsonWriter json)
    {
        json.WriteNumber("class", TensorPrimitives.IndexOfMax(output));
        float[] probabilities = new float[output.Length];
        TensorPrimitives.Subtract(output, TensorPrimitives.Max(output), probabilities);
        TensorPrimitives.SoftMax(probabilities, probabilities);
        json.WriteStartArray("probabilities");
        foreach (float probability in probabilities)
            json.WriteNumberValue(probability);
        json.WriteEndArray();
    }
}
