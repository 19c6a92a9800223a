using System.Text.Json.Nodes;

namespace ModularNetworks.Serving.Tests;

public sealed class DescriptionTests(SmallServer server) : IClassFixture<SmallServer>
{
    [Fact]
    public async Task Models_tell_what_they_take_and_their_modules()
    {
        var models = JsonNode.Parse(await server.GetAsync("models"))!["models"]!.AsArray();
        Assert.Equal(["table table", "text text", "images image"], models.Select(model => $"{model!["name"]} {model["kind"]}"));
        Assert.Equal(["n number", "word category", "ok yesNo"], models[0]!["inputs"]!.AsArray().Select(column => $"{column!["name"]} {column["kind"]}"));
        Assert.Equal("""["even","odd"]""", models[0]!["classes"]!.ToJsonString());
        Assert.Equal("""[{"name":"hidden","modules":3,"picks":1}]""", models[0]!["layers"]!.ToJsonString());
        Assert.Equal("character", models[1]!["unit"]!.GetValue<string>());
        Assert.Equal("""{"channels":1,"height":8,"width":8}""", models[2]!["image"]!.ToJsonString());
        Assert.Equal(models[2]!.ToJsonString(), JsonNode.Parse(await server.GetAsync("models/images"))!.ToJsonString());
    }

    [Fact]
    public async Task The_description_names_every_end_point_and_column()
    {
        var document = JsonNode.Parse(await server.GetAsync("openapi.json"))!;
        Assert.Equal("3.1.0", document["openapi"]!.GetValue<string>());
        var paths = document["paths"]!.AsObject();
        Assert.Equal(
            ["/health", "/metrics", "/models", "/models/images", "/models/images/predict", "/models/table", "/models/table/predict", "/models/text", "/models/text/generate", "/models/text/predict"],
            paths.Select(path => path.Key).Order(StringComparer.Ordinal));
        var items = paths["/models/table/predict"]!["post"]!["requestBody"]!["content"]!["application/json"]!["schema"]!["properties"]!["rows"]!["items"]!;
        Assert.Equal(["n", "word", "ok"], items["properties"]!.AsObject().Select(column => column.Key));
        foreach (var (path, _) in paths.Where(path => path.Value!["get"] is not null))
            await server.GetAsync(path[1..]);
    }

    [Fact]
    public async Task Requests_are_counted_by_model_and_status()
    {
        await server.PostAsync("models/table/predict", SmallServer.Json("""{"rows":[[1,"a","no"],[2,"a","no"]]}"""));
        await server.PostAsync("models/table/predict", SmallServer.Json("{}"), 400);
        await server.PostAsync("models/anything/predict", SmallServer.Json("{}"), 404);
        string text = await server.GetAsync("metrics");
        Assert.Contains("modnet_requests_total{model=\"table\",operation=\"predict\",status=\"200\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("modnet_requests_total{model=\"table\",operation=\"predict\",status=\"400\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("modnet_requests_total{model=\"none\",operation=\"predict\",status=\"404\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("modnet_request_items_bucket{model=\"table\",operation=\"predict\",le=\"1\"} 0\n", text, StringComparison.Ordinal);
        Assert.Contains("modnet_request_items_bucket{model=\"table\",operation=\"predict\",le=\"2\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("modnet_request_duration_count{model=\"table\",operation=\"predict\"} 2\n", text, StringComparison.Ordinal);
    }
}
