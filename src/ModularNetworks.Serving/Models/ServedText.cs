using System.Text.Json;
using ModularNetworks.Data;
using ModularNetworks.Engine;
using ModularNetworks.Experiments;

namespace ModularNetworks.Serving;

/// <summary>Tells what follows texts, and goes on with them.</summary>
internal sealed class ServedText(string name, TextModel model) : ServedModel(name)
{
    private const string Texts = "texts";
    private const string Top = "top";
    private const int DefaultTop = 5;
    private const int MostTop = 100;
    private const int DefaultTokens = 200;

    /// <inheritdoc/>
    public override string Kind => "text";

    /// <inheritdoc/>
    public override string Items => Texts;

    /// <inheritdoc/>
    public override IReadOnlyList<LayerLayout> Layers => [model.Layer];

    /// <inheritdoc/>
    public override void Describe(Utf8JsonWriter json)
    {
        json.WriteString("unit", model.Encoding.UnitName);
        json.WriteNumber("vocabulary", model.Encoding.Vocabulary.Count);
    }

    /// <inheritdoc/>
    public override void DescribeItem(Utf8JsonWriter json) => json.WriteString("type", "string");

    /// <inheritdoc/>
    public override int Predict(JsonElement request, ServingLimits limits, Utf8JsonWriter json, CancellationToken stop)
    {
        request.RequireOnly(Texts, Top);
        int top = request.Integer(Top, DefaultTop, MostTop);
        var texts = request.Items(Texts, limits.Rows);
        foreach (var (number, value) in texts.EnumerateArray().Index())
        {
            stop.ThrowIfCancellationRequested();
            string place = $"text {number + 1}";
            string text = value.Text(place, limits.TextLength);
            Write(text, Answer(text, place, top), json);
        }
        return texts.GetArrayLength();
    }

    /// <summary>Reads a request to go on with a text.</summary>
    /// <returns>The pieces of the text, as many as are asked for.</returns>
    /// <exception cref="RequestException">The request is wrong.</exception>
    public IEnumerable<string> Generate(JsonElement request, ServingLimits limits)
    {
        request.RequireOnly("prompt", "tokens", "temperature", "seed");
        int tokens = request.Integer("tokens", Math.Min(DefaultTokens, limits.Tokens), limits.Tokens);
        string prompt = request.TryGetProperty("prompt", out var given) ? given.Text("'prompt'", limits.TextLength) : "";
        return model.Continue(Encode(prompt, "'prompt'"), Temperature(request), RandomKey.FromSeed(Seed(request))).Take(tokens);
    }

    private static double Temperature(JsonElement request)
    {
        if (!request.TryGetProperty("temperature", out var value))
            return 1;
        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double temperature)
            && temperature is 0 or (>= NextWordPredictor.LeastTemperature and <= NextWordPredictor.MostTemperature)
            ? temperature
            : throw RequestException.Bad(
                $"'temperature' is {RequestProperties.Quoted(value.GetRawText())}; 0, or a number from {NextWordPredictor.LeastTemperature} to {NextWordPredictor.MostTemperature}, is expected.");
    }

    private static ulong Seed(JsonElement request)
    {
        if (!request.TryGetProperty("seed", out var value))
            return 1;
        return value.ValueKind == JsonValueKind.Number && value.TryGetUInt64(out ulong seed)
            ? seed
            : throw RequestException.Bad($"'seed' is {RequestProperties.Quoted(value.GetRawText())}; a whole number from 0 to {ulong.MaxValue} is expected.");
    }

    private TextPrediction Answer(string text, string place, int top)
    {
        try
        {
            return model.Predict(Encode(text, place), top);
        }
        catch (NonFiniteLossException problem)
        {
            throw new RequestException(422, $"{place}: {problem.Message}");
        }
    }

    private EncodedText Encode(string text, string place)
    {
        try
        {
            return model.Encoding.Encode(text);
        }
        catch (DataException problem)
        {
            throw RequestException.Bad($"{place}: {problem.Message}");
        }
    }

    private void Write(string text, TextPrediction prediction, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("text", text);
        json.WriteStartArray("next");
        foreach (var (token, probability) in prediction.Next)
        {
            json.WriteStartObject();
            json.WriteString("token", token);
            json.WriteNumber("probability", probability);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteModules([new Experiments.LayerModules(Layers[0].Name, prediction.Modules)]);
        json.WriteEndObject();
    }
}
