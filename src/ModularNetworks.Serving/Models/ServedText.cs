using System.Text.Json;
using ModularNetworks.Data;
using ModularNetworks.Engine;
using ModularNetworks.Experiments;

namespace ModularNetworks.Serving;

/// <summary>Tells what follows texts, and goes on with them.</summary>
internal abstract class ServedText(string name) : ServedModel(name)
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

    /// <summary>What stands before a text that has not begun, in words; null if a text cannot be empty.</summary>
    public abstract string? Beginning { get; }

    /// <summary>The unit in which texts are read, in words.</summary>
    protected abstract string Unit { get; }

    /// <summary>The number of different units.</summary>
    protected abstract int Vocabulary { get; }

    /// <inheritdoc/>
    public override void Describe(Utf8JsonWriter json)
    {
        json.WriteString("unit", Unit);
        json.WriteNumber("vocabulary", Vocabulary);
    }

    /// <inheritdoc/>
    public override void DescribeItem(Utf8JsonWriter json)
    {
        json.WriteString("type", "string");
        if (Beginning is null)
            json.WriteNumber("minLength", 1);
    }

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
        return Continue(Encode(prompt, "'prompt'"), Temperature(request), RandomKey.FromSeed(Seed(request))).Take(tokens);
    }

    /// <summary>The numbers of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="place">Where it stands, for messages.</param>
    /// <exception cref="RequestException">The model does not know all of it.</exception>
    protected abstract EncodedText Encode(string text, string place);

    /// <summary>What follows a text.</summary>
    /// <exception cref="NonFiniteLossException">The state grows beyond all numbers.</exception>
    protected abstract TextPrediction Predict(EncodedText text, int top);

    /// <summary>Goes on with a text, piece by piece, without an end.</summary>
    protected abstract IEnumerable<string> Continue(EncodedText text, double temperature, RandomKey key);

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
            return Predict(Encode(text, place), top);
        }
        catch (NonFiniteLossException problem)
        {
            throw new RequestException(422, $"{place}: {problem.Message}");
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
        json.WriteModules([.. Layers.Select(layer => new Experiments.LayerModules(layer.Name, prediction.Modules))]);
        json.WriteEndObject();
    }
}
