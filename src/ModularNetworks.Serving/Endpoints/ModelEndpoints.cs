using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ModularNetworks.Serving;

/// <summary>Answers the requests for models: descriptions, predictions, texts, numbers.</summary>
/// <param name="models">The models.</param>
/// <param name="limits">The bounds of what a request can ask for.</param>
/// <param name="metrics">Counts what is done.</param>
internal sealed class ModelEndpoints(ServedModels models, ServingLimits limits, ServingMetrics metrics) : IDisposable
{
    private static readonly string[] ReadMethods = [HttpMethods.Get, HttpMethods.Head];

    private readonly WorkGuard _guard = new(limits.Requests, models, metrics);

    /// <summary>Maps the addresses to their answers.</summary>
    public RouteGroupBuilder Map(IEndpointRouteBuilder routes, string prefix)
    {
        var group = routes.MapGroup(prefix);
        Read(group, "/models", context => Answers.WriteJsonAsync(context, json => ModelDescriptions.Write(json, models.All)));
        Read(group, "/models/{name}", context => Answers.WriteJsonAsync(context, json => ModelDescriptions.Write(json, Find(context))));
        Read(group, "/health", context => Answers.WriteJsonAsync(context, WriteHealth));
        Read(group, "/metrics", context => Answers.WriteTextAsync(context, "text/plain; version=0.0.4", metrics.Text()));
        Read(group, "/openapi.json", context => Answers.WriteJsonAsync(context, json => OpenApiDocument.Write(json, models.All, limits, context.Request.PathBase + prefix)));
        group.MapPost("/models/{name}/predict", context => _guard.RunAsync(context, "predict", PredictAsync));
        group.MapPost("/models/{name}/generate", context => _guard.RunAsync(context, "generate", GenerateAsync));
        return group;
    }

    /// <inheritdoc/>
    public void Dispose() => _guard.Dispose();

    private static void Read(RouteGroupBuilder group, string path, Func<HttpContext, Task> answer) =>
        group.MapMethods(path, ReadMethods, context => WorkGuard.TellAsync(context, answer));

    private async Task<int> PredictAsync(HttpContext context)
    {
        var model = Find(context);
        bool isPicture = model is ServedImages && RequestBody.IsPicture(context.Request);
        if (!isPicture)
            RequestBody.RequireJson(context.Request, model is ServedImages ? "application/json, or a picture as image/* or application/octet-stream," : "application/json");
        var body = await RequestBody.ReadAsync(context, limits.BodyBytes);
        if (model is not ServedImages images)
            return await AnswerAsync(context, json => Predict(model, body, json, context.RequestAborted));
        await images.Gate.WaitAsync(context.RequestAborted);
        try
        {
            return await AnswerAsync(context, json => isPicture ? Predict(images, body, json) : Predict(images, body, json, context.RequestAborted));
        }
        finally
        {
            images.Gate.Release();
        }
    }

    private int Predict(ServedModel model, ReadOnlyMemory<byte> body, Utf8JsonWriter json, CancellationToken stop)
    {
        using var request = RequestBody.Parse(body);
        return model.Predict(request.RootElement, limits, json, stop);
    }

    private static int Predict(ServedImages images, ReadOnlyMemory<byte> body, Utf8JsonWriter json)
    {
        images.Predict(body.Span, json);
        return 1;
    }

    private static async Task<int> AnswerAsync(HttpContext context, Func<Utf8JsonWriter, int> predict)
    {
        int count = 0;
        await Answers.WriteJsonAsync(context, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("predictions");
            count = predict(json);
            json.WriteEndArray();
            json.WriteEndObject();
        });
        return count;
    }

    private async Task<int> GenerateAsync(HttpContext context)
    {
        var model = Find(context);
        if (model is not ServedText texts)
            throw new RequestException(StatusCodes.Status404NotFound, $"{model.Name} takes a {model.Kind}; only models of texts generate.");
        RequestBody.RequireJson(context.Request, "application/json");
        var body = await RequestBody.ReadAsync(context, limits.BodyBytes);
        IEnumerable<string> pieces;
        using (var request = RequestBody.Parse(body))
            pieces = texts.Generate(request.RootElement, limits);
        return await TextStream.WriteAsync(context, pieces, metrics);
    }

    private ServedModel Find(HttpContext context)
    {
        string name = context.Request.RouteValues["name"] as string ?? "";
        return models.TryFind(name, out var model)
            ? model
            : throw new RequestException(StatusCodes.Status404NotFound, $"no model is called '{RequestProperties.Quoted(name)}'; GET /models lists them.");
    }

    private void WriteHealth(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("status", "ok");
        json.WriteNumber("models", models.All.Count);
        json.WriteEndObject();
    }
}
