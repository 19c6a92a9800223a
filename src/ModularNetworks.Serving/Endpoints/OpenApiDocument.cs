using System.Text.Json;

namespace ModularNetworks.Serving;

/// <summary>The description of all end points in the form of OpenAPI 3.1, with the columns, classes and bounds of the models that are served.</summary>
internal static class OpenApiDocument
{
    private const string Json = "application/json";

    /// <summary>Writes the description.</summary>
    /// <param name="json">Receives it.</param>
    /// <param name="models">The models.</param>
    /// <param name="limits">The bounds of requests.</param>
    /// <param name="prefix">What all addresses begin with.</param>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<ServedModel> models, ServingLimits limits, string prefix)
    {
        json.WriteStartObject();
        json.WriteString("openapi", "3.1.0");
        json.WriteStartObject("info");
        json.WriteString("title", "ModularNetworks");
        json.WriteString("version", typeof(OpenApiDocument).Assembly.GetName().Version?.ToString(3));
        json.WriteEndObject();
        json.WriteStartObject("paths");
        WriteRead(json, $"{prefix}/models", "The models: what they take, what they answer, and their modules.", Json);
        WriteRead(json, $"{prefix}/health", "Whether the server answers.", Json);
        WriteRead(json, $"{prefix}/metrics", "Requests, durations, sizes and tokens so far, in the text format of Prometheus.", "text/plain");
        foreach (var model in models)
        {
            WriteRead(json, $"{prefix}/models/{model.Name}", $"What {model.Name} takes and answers.", Json);
            WritePredict(json, $"{prefix}/models/{model.Name}/predict", model, limits);
            if (model is ServedText text)
                WriteGenerate(json, $"{prefix}/models/{model.Name}/generate", text, limits);
        }
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteRead(Utf8JsonWriter json, string path, string summary, string type)
    {
        json.WriteStartObject(path);
        json.WriteStartObject("get");
        json.WriteString("summary", summary);
        json.WriteStartObject("responses");
        WriteResponse(json, "200", "The answer.", type);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WritePredict(Utf8JsonWriter json, string path, ServedModel model, ServingLimits limits)
    {
        BeginPost(json, path, $"Predicts for up to {limits.Rows} {model.Items}.");
        WriteType(json, Json, () =>
        {
            json.WriteTexts("required", [model.Items]);
            json.WriteStartObject("properties");
            json.WriteStartObject(model.Items);
            json.WriteString("type", "array");
            json.WriteNumber("minItems", 1);
            json.WriteNumber("maxItems", limits.Rows);
            json.WriteStartObject("items");
            model.DescribeItem(json);
            json.WriteEndObject();
            json.WriteEndObject();
            if (model is ServedImages or ServedText)
                WriteProperty(json, "top", "integer", "How many of the most probable ones to tell; 5 if nothing is said.");
            json.WriteEndObject();
        });
        if (model is ServedImages)
        {
            json.WriteStartObject("image/*");
            json.WriteEndObject();
        }
        EndPost(json, Json);
    }

    private static void WriteGenerate(Utf8JsonWriter json, string path, ServedText model, ServingLimits limits)
    {
        BeginPost(json, path, "Goes on with a text, piece by piece: as server-sent events to who accepts them, else as plain text.");
        WriteType(json, Json, () =>
        {
            if (model.Beginning is null)
                json.WriteTexts("required", ["prompt"]);
            json.WriteStartObject("properties");
            WriteProperty(json, "prompt", "string", model.Beginning is { } beginning ? $"The text to go on with; {beginning} if nothing is said." : "The text to go on with.");
            WriteProperty(json, "tokens", "integer", $"How many characters, words or tokens to add, at most {limits.Tokens}; 200 if nothing is said.");
            WriteProperty(json, "temperature", "number", "Each is drawn from softmax(logits / T); 0 takes the most probable one; 1 if nothing is said.");
            WriteProperty(json, "seed", "integer", "Decides every draw; 1 if nothing is said.");
            json.WriteEndObject();
        });
        EndPost(json, "text/event-stream", "text/plain");
    }

    private static void BeginPost(Utf8JsonWriter json, string path, string summary)
    {
        json.WriteStartObject(path);
        json.WriteStartObject("post");
        json.WriteString("summary", summary);
        json.WriteStartObject("requestBody");
        json.WriteBoolean("required", true);
        json.WriteStartObject("content");
    }

    private static void EndPost(Utf8JsonWriter json, params ReadOnlySpan<string> types)
    {
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartObject("responses");
        WriteResponse(json, "200", "The answer.", types);
        WriteResponse(json, "4XX", "What is wrong with the request, in one line.", "application/problem+json");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteResponse(Utf8JsonWriter json, string status, string description, params ReadOnlySpan<string> types)
    {
        json.WriteStartObject(status);
        json.WriteString("description", description);
        json.WriteStartObject("content");
        foreach (string type in types)
        {
            json.WriteStartObject(type);
            json.WriteEndObject();
        }
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteType(Utf8JsonWriter json, string type, Action writeObject)
    {
        json.WriteStartObject(type);
        json.WriteStartObject("schema");
        json.WriteString("type", "object");
        json.WriteBoolean("additionalProperties", false);
        writeObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteProperty(Utf8JsonWriter json, string name, string type, string description)
    {
        json.WriteStartObject(name);
        json.WriteString("type", type);
        json.WriteString("description", description);
        json.WriteEndObject();
    }
}
