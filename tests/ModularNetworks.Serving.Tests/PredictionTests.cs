using System.Text.Json.Nodes;
using ModularNetworks.Data.Tests;
using ModularNetworks.Experiments;

namespace ModularNetworks.Serving.Tests;

public sealed class PredictionTests(SmallServer server) : IClassFixture<SmallServer>
{
    [Fact]
    public async Task Rows_are_answered_as_the_library_answers_them()
    {
        var model = TableModel.Load(RunFolder.Open(server.Run("table")));
        var answer = await server.PostAsync("models/table/predict", SmallServer.Json(
            """{"rows":[{"word":"b","n":3,"ok":true,"y":"whatever"},[3,"b","yes"],{"n":null,"word":"new","ok":"NO"},["2.5",null,false]]}"""));
        string[][] cells = [["3", "b", "true"], ["3", "b", "yes"], ["", "new", "NO"], ["2.5", "", "false"]];
        var predictions = answer["predictions"]!.AsArray();
        Assert.Equal(cells.Length, predictions.Count);
        foreach (var (row, prediction) in predictions.Index())
        {
            var expected = model.PredictRow(cells[row]);
            Assert.Equal(expected.Classes[0].Class, prediction!["class"]!.GetValue<string>());
            Assert.Equal(expected.Classes.Select(found => found.Probability), prediction["probabilities"]!.AsObject().Select(found => found.Value!.GetValue<float>()));
            Assert.Equal(expected.Modules[0].Modules, prediction["modules"]![expected.Modules[0].Layer]!.AsArray().Select(module => module!.GetValue<int>()));
        }
    }

    [Theory]
    [InlineData("""{"rows":[{"n":"x","word":"a","ok":true}]}""", "row 1: 'x' stands in column 'n'; a finite number is expected.")]
    [InlineData("""{"rows":[[1,"a","yes"],{"n":1,"ok":true}]}""", "row 2: column 'word' is missing. Give null where its value is not known.")]
    [InlineData("""{"rows":[{"m":1}]}""", "row 1: no column is called 'm'; n, word, ok are expected.")]
    [InlineData("""{"rows":[[1,"a"]]}""", "row 1 has 2 cells; 3 are expected: n, word, ok.")]
    [InlineData("""{"rows":[[1,{},"no"]]}""", "row 1, column 'word' is an object; a text is expected.")]
    [InlineData("""{"rows":[7]}""", "row 1 is a number; an object with the columns, or a list of the cells, is expected.")]
    [InlineData("""{"rows":[]}""", "'rows' has 0 entries; 1 to 1000 are expected.")]
    [InlineData("""{"rows":{}}""", "'rows' is not a list; a list of 1 to 1000 rows is expected.")]
    [InlineData("""{"row":[]}""", "'row' is no property of the request; it has rows.")]
    [InlineData("""[]""", "the body is a list; an object with rows is expected.")]
    [InlineData("""{"rows":[{"n":1,"n":2}]}""", "the body is no JSON that can be read: ")]
    [InlineData("""{"rows":[["\ud800","a",1]]}""", "row 1, column 'n' is no Unicode text: half of a character of two parts stands alone.")]
    [InlineData("""{"\udc00":1}""", "a property's name is no Unicode text")]
    [InlineData("""{"rows":[[1e999,"a","no"]]}""", "row 1: '1e999' stands in column 'n'")]
    [InlineData("", "the body is no JSON that can be read: ")]
    public async Task A_wrong_row_is_named_in_one_line(string request, string expected)
    {
        string found = await server.RefusalAsync("models/table/predict", SmallServer.Json(request));
        Assert.StartsWith(expected, found, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', found);
    }

    [Fact]
    public async Task Files_of_estimators_are_answered_as_the_estimators_answer()
    {
        using var folder = new TemporaryFolder();
        float[][] x = [.. Enumerable.Range(0, 40).Select(n => (float[])[n % 7, n % 3])];
        var classifier = new ModularClassifier(inputs: 2, classes: 3, modules: 2, seed: 1, hidden: 4);
        classifier.Fit(x, [.. x.Select(row => (int)row[1])], new FitOptions { Epochs = 2 });
        classifier.Save(folder["classifier.safetensors"]);
        var regressor = new ModularRegressor(inputs: 2, modules: 2, seed: 1, hidden: 4);
        regressor.Fit(x, [.. x.Select(row => row[0])], new FitOptions { Epochs = 2 });
        regressor.Save(folder["regressor.safetensors"]);
        await using var small = await ModelServer.StartAsync(new ModelServerOptions { Urls = ["http://127.0.0.1:0"] }, options =>
        {
            options.Add("classifier", folder["classifier.safetensors"]);
            options.Add("regressor", folder["regressor.safetensors"]);
        });
        using var client = new HttpClient { BaseAddress = small.Addresses[0] };
        async Task<JsonNode> AskAsync(string path, string json)
        {
            using var answer = await client.PostAsync(new Uri(path, UriKind.Relative), SmallServer.Json(json), TestContext.Current.CancellationToken);
            return JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        }
        var found = (await AskAsync("models/classifier/predict", """{"rows":[[3,1],[5,2]]}"""))["predictions"]![1]!;
        Assert.Equal(classifier.Predict([5, 2]), found["class"]!.GetValue<int>());
        Assert.Equal(classifier.PredictProbabilities([5, 2]), found["probabilities"]!.AsArray().Select(probability => probability!.GetValue<float>()));
        Assert.Equal(classifier.Explain([5, 2]).Modules, found["modules"]!["hidden"]!.AsArray().Select(module => module!.GetValue<int>()));
        Assert.Equal(regressor.Predict([5, 2]), (await AskAsync("models/regressor/predict", """{"rows":[[5,2]]}"""))["predictions"]![0]!["number"]!.GetValue<float>());
        Assert.Equal("row 1 is no list of 2 numbers.", (await AskAsync("models/regressor/predict", """{"rows":[[5]]}"""))["detail"]!.GetValue<string>());
        Assert.StartsWith("row 1, number 2 is 1e99; ", (await AskAsync("models/regressor/predict", """{"rows":[[5,1e99]]}"""))["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.StartsWith("row 1: the prediction is not a finite number.", (await AskAsync("models/classifier/predict", """{"rows":[[3e38,-3e38]]}"""))["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        File.WriteAllText(folder["other.safetensors"], "no");
        await Assert.ThrowsAsync<CheckpointException>(() => ModelServer.StartAsync(new ModelServerOptions { Urls = ["http://127.0.0.1:0"] }, options => options.Add("x", folder["other.safetensors"])));
    }

    [Fact]
    public async Task Pictures_are_answered_as_bytes_and_in_base64()
    {
        byte[] picture = SmallPicture.OfColour("png", 8, 8, 200, 200, 200);
        var expected = ImageModel.Load(RunFolder.Open(server.Run("images"))).Predict(picture, count: 1).Classes[0];
        var bytes = await server.PostAsync("models/images/predict", SmallServer.Bytes(picture, "image/png"));
        var both = await server.PostAsync("models/images/predict", SmallServer.Json(
            $$"""{"images":["{{Convert.ToBase64String(picture)}}","{{Convert.ToBase64String(picture)}}"],"top":1}"""));
        foreach (var prediction in (JsonNode[])[bytes["predictions"]![0]!, both["predictions"]![1]!])
        {
            Assert.Equal(expected.Class, prediction["class"]!.GetValue<string>());
            Assert.Equal(expected.Probability, prediction["probabilities"]![expected.Class]!.GetValue<float>());
        }
        Assert.Equal(2, bytes["predictions"]![0]!["probabilities"]!.AsObject().Count);
        Assert.Single(both["predictions"]![0]!["probabilities"]!.AsObject());
    }

    [Fact]
    public async Task What_is_no_picture_is_refused()
    {
        Assert.StartsWith("the picture: ", await server.RefusalAsync("models/images/predict", SmallServer.Bytes([1, 2, 3])), StringComparison.Ordinal);
        Assert.StartsWith("the picture: ", await server.RefusalAsync("models/images/predict", SmallServer.Bytes([])), StringComparison.Ordinal);
        Assert.StartsWith("image 1: ", await server.RefusalAsync("models/images/predict", SmallServer.Json("""{"images":["AAAA"]}""")), StringComparison.Ordinal);
        Assert.Equal("image 1 is no base64; a picture file in base64 is expected.", await server.RefusalAsync("models/images/predict", SmallServer.Json("""{"images":["?"]}""")));
        Assert.StartsWith("'top' is 0; ", await server.RefusalAsync("models/images/predict", SmallServer.Json("""{"images":["AAAA"],"top":0}""")), StringComparison.Ordinal);
        Assert.StartsWith("the body is 'text/plain'", await server.RefusalAsync("models/images/predict", SmallServer.Bytes([1], "text/plain"), 415), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Texts_are_answered_as_the_library_answers_them()
    {
        var model = TextModel.Load(RunFolder.Open(server.Run("text")));
        var answer = await server.PostAsync("models/text/predict", SmallServer.Json("""{"texts":["","stone b"],"top":3}"""));
        foreach (var (place, text) in ((string[])["", "stone b"]).Index())
        {
            var (expected, found) = (model.Predict(model.Encoding.Encode(text), count: 3), answer["predictions"]![place]!);
            Assert.Equal(expected.Next.Select(next => next.Token), found["next"]!.AsArray().Select(next => next!["token"]!.GetValue<string>()));
            Assert.Equal(expected.Next.Select(next => next.Probability), found["next"]!.AsArray().Select(next => next!["probability"]!.GetValue<float>()));
            Assert.Equal(expected.Modules, found["modules"]![model.Layer.Name]!.AsArray().Select(module => module!.GetValue<int>()));
        }
        Assert.StartsWith("text 1: 'Q' is not among the ", await server.RefusalAsync("models/text/predict", SmallServer.Json("""{"texts":["Q"]}""")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_above_a_bound_is_refused()
    {
        await using var small = await server.StartAsync(new ServingLimits { BodyBytes = 200, Rows = 2, TextLength = 5, Tokens = 3 }, apiKey: null);
        using var client = new HttpClient { BaseAddress = small.Addresses[0] };
        async Task RefusesAsync(string path, HttpContent content, int status, string expected)
        {
            using var answer = await client.PostAsync(new Uri(path, UriKind.Relative), content, TestContext.Current.CancellationToken);
            Assert.Equal(status, (int)answer.StatusCode);
            Assert.Contains(expected, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
        await RefusesAsync("models/text/predict", SmallServer.Json("""{"texts":["stones"]}"""), 400, "text 1 has 6 letters; at most 5 are expected.");
        await RefusesAsync("models/text/predict", SmallServer.Json("""{"texts":["a","b","c"]}"""), 400, "'texts' has 3 entries; 1 to 2 are expected.");
        await RefusesAsync("models/text/generate", SmallServer.Json("""{"tokens":4}"""), 400, "'tokens' is 4; a whole number from 1 to 3 is expected.");
        await RefusesAsync("models/text/predict", SmallServer.Json(new string(' ', 201)), 413, "the body is too long; at most 200 bytes are expected.");
        // Without a length that is told before.
        await RefusesAsync("models/text/predict", new PushedContent(new byte[5000]), 413, "the body is too long");
    }

    private sealed class PushedContent : ByteArrayContent
    {
        public PushedContent(byte[] bytes)
            : base(bytes) => Headers.ContentType = new("application/json");

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
