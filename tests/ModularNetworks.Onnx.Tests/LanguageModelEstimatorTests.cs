namespace ModularNetworks.Onnx.Tests;

/// <summary>Files of <see cref="ModularLanguageModel"/> in ONNX Runtime read as the estimator does.</summary>
public sealed class LanguageModelEstimatorTests
{
    private const int Texts = 50;
    private const int Steps = 20;

    private static readonly string Text = string.Concat(Enumerable.Range(0, 400).Select(n => n % 3 < 2 ? "stone bird, " : "so on\n"));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_thousand_tokens_are_read_the_same(bool isFixed)
    {
        var model = new ModularLanguageModel(CharacterVocabulary.Of(Text), modules: 3, seed: 1, embedding: 6, hidden: 8, window: 10);
        model.Fit(Text, new FitOptions { Steps = 20, Method = isFixed ? TrainingMethod.Fixed : null });
        int[] tokens = [.. Enumerable.Range(0, Texts).SelectMany(text => model.Characters!.Encode(Text.Substring(text * 7, Steps)))];
        using var one = new OnnxFile(stream => OnnxExport.Write(stream, model));
        using var window = new OnnxFile(stream => OnnxExport.Write(stream, model, LanguageModelSteps.Window));
        var answers = window.Run(
            OnnxFile.Input<long>("tokens", [.. tokens.Select(token => (long)token)], Texts, Steps), OnnxFile.Input<float>("state", new float[Texts * 8], Texts, 8));
        float[][] logits = [.. answers.Numbers("logits").Chunk(model.Vocabulary)];
        float[] states = new float[Texts * 8];
        for (int step = 0; step < Steps; step++)
        {
            long[] read = [.. Enumerable.Range(0, Texts).Select(text => (long)tokens[(text * Steps) + step])];
            var stepped = one.Run(OnnxFile.Input<long>("token", read, Texts), OnnxFile.Input<float>("state", states, Texts, 8));
            states = stepped.Numbers("next_state");
            foreach (var (text, ofStep) in stepped.Numbers("logits").Chunk(model.Vocabulary).Index())
            {
                var before = tokens.AsSpan(text * Steps, step + 1);
                float[] expected = model.PredictProbabilities(before);
                Equal.Numbers(expected, Softmax(ofStep));
                Equal.Numbers(expected, Softmax(logits[(text * Steps) + step]));
                if (isFixed)
                    continue;
                int module = model.Explain(before).Modules[0];
                Assert.Equal(module, stepped.Modules("gru")[text]);
                Assert.Equal(module, answers.Modules("gru")[(text * Steps) + step]);
            }
        }
    }

    [Fact]
    public void The_file_tells_the_characters_if_there_are_any()
    {
        var letters = new ModularLanguageModel(CharacterVocabulary.Of("a😀b"), modules: 2, seed: 1, embedding: 2, hidden: 2, window: 2);
        letters.Fit("ab😀ab", new FitOptions { Steps = 1 });
        using var told = new OnnxFile(stream => OnnxExport.Write(stream, letters));
        Assert.Equal("character", told.Properties["unit"]);
        Assert.Equal(["a", "b", "😀"], System.Text.Json.JsonSerializer.Deserialize<string[]>(told.Properties["vocabulary"])!);
        Assert.DoesNotContain("start", told.Properties.Keys);
        var numbers = new ModularLanguageModel(vocabulary: 3, modules: 2, seed: 1, embedding: 2, hidden: 2, window: 2);
        Assert.Throws<InvalidOperationException>(() => OnnxExport.Write(Stream.Null, numbers));
        numbers.Fit([0, 1, 2, 0, 1], new FitOptions { Steps = 1 });
        using var untold = new OnnxFile(stream => OnnxExport.Write(stream, numbers));
        Assert.Empty(untold.Properties);
        Assert.Equal(["logits", "next_state", "gru_modules"], untold.Outputs);
    }

    private static float[] Softmax(float[] logits)
    {
        double largest = logits.Max(), sum = logits.Sum(logit => Math.Exp(logit - largest));
        return [.. logits.Select(logit => (float)(Math.Exp(logit - largest) / sum))];
    }
}
