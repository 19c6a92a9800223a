using System.Text.Json;
using ModularNetworks.Data;
using ModularNetworks.Experiments;

namespace ModularNetworks.Serving;

/// <summary>Names the classes of pictures.</summary>
internal sealed class ServedImages(string name, ImageModel model) : ServedModel(name)
{
    private const string Images = "images";
    private const string Top = "top";
    private const int DefaultTop = 5;

    /// <inheritdoc/>
    public override string Kind => "image";

    /// <inheritdoc/>
    public override string Items => Images;

    /// <inheritdoc/>
    public override IReadOnlyList<LayerLayout> Layers => model.Layers;

    /// <summary>Lets as many pictures be decoded at once as there are cores: each may take 64 MB.</summary>
    public SemaphoreSlim Gate { get; } = new(Environment.ProcessorCount);

    /// <inheritdoc/>
    public override void Describe(Utf8JsonWriter json)
    {
        json.WriteTexts("classes", model.Form.Classes);
        json.WriteStartObject("image");
        json.WriteNumber("channels", model.Form.Shape.Channels);
        json.WriteNumber("height", model.Form.Shape.Height);
        json.WriteNumber("width", model.Form.Shape.Width);
        json.WriteEndObject();
    }

    /// <inheritdoc/>
    public override void DescribeItem(Utf8JsonWriter json)
    {
        json.WriteString("type", "string");
        json.WriteString("contentEncoding", "base64");
        json.WriteString("description", "A PNG, JPEG, WebP, GIF or BMP file in base64.");
    }

    /// <inheritdoc/>
    public override int Predict(JsonElement request, ServingLimits limits, Utf8JsonWriter json, CancellationToken stop)
    {
        request.RequireOnly(Images, Top);
        int top = request.Integer(Top, DefaultTop, model.Form.Classes.Count < DefaultTop ? DefaultTop : model.Form.Classes.Count);
        var images = request.Items(Images, limits.Rows);
        foreach (var (number, image) in images.EnumerateArray().Index())
        {
            stop.ThrowIfCancellationRequested();
            string place = $"image {number + 1}";
            if (image.ValueKind != JsonValueKind.String || !image.TryGetBytesFromBase64(out byte[]? file))
                throw RequestException.Bad($"{place} is no base64; a picture file in base64 is expected.");
            Predict(file, place, top, json);
        }
        return images.GetArrayLength();
    }

    /// <summary>Answers for a picture file that is the body of a request.</summary>
    public void Predict(ReadOnlySpan<byte> file, Utf8JsonWriter json) => Predict(file, "the picture", DefaultTop, json);

    private void Predict(ReadOnlySpan<byte> file, string place, int top, Utf8JsonWriter json)
    {
        ImagePrediction prediction;
        try
        {
            prediction = model.PredictPixels(model.Decode(file, place), top);
        }
        catch (DataException problem)
        {
            throw RequestException.Bad(problem.Message);
        }
        catch (NonFiniteLossException)
        {
            throw RequestException.NotFinite(place);
        }
        json.WriteStartObject();
        json.WriteClasses(prediction.Classes);
        json.WriteModules(prediction.Modules);
        json.WriteEndObject();
    }
}
