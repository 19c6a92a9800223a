namespace ModularNetworks.Tests;

public sealed class ModularLanguageModelTests
{
    private const string Line = "to be or not to be, that is the question. ";

    private static readonly string Text = string.Concat(Enumerable.Repeat(Line, 12));
    private static readonly CharacterVocabulary Characters = CharacterVocabulary.Of(Text);
    private static readonly FitOptions Short = new() { Steps = 20, BatchSize = 8 };

    [Fact]
    public void More_tokens_than_an_array_holds_are_refused_by_the_memory_that_they_take()
    {
        var model = new ModularLanguageModel(vocabulary: 3, modules: 2, seed: 1, embedding: 2, hidden: 2, window: 2);
        model.Fit([0, 1, 2, 0, 1, 2], new FitOptions { Steps = 1, BatchSize = 1 });
        Assert.StartsWith(
            "ModularLanguageModel: 8589934588 bytes are wanted,", Assert.Throws<InsufficientMemoryException>(() => model.Generate([0], int.MaxValue, seed: 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_is_learned_and_gone_on_with()
    {
        var model = Model();
        var history = model.Fit(Text, new FitOptions { Steps = 250, BatchSize = 16, LearningRate = 0.01, ValidationShare = 0.1 });
        Assert.Equal(Line[6..26], model.Generate(Line[..6], count: 20, seed: 1, temperature: 0));
        Assert.InRange(model.Score(Characters.Encode(Text)), 1, 1.3);
        Assert.Equal(history.Kept.Validation, model.Evaluate(Characters.Encode(Text).AsSpan()[^50..]));
        Assert.Equal(model.Generate("to", 30, seed: 3), model.Generate("to", 30, seed: 3));
    }

    [Fact]
    public void Probabilities_and_modules_are_those_of_the_whole_text()
    {
        var model = Model();
        model.Fit(Text, Short);
        int[] tokens = Characters.Encode(Line);
        float[] probabilities = model.PredictProbabilities(tokens.AsSpan(0, 10));
        Assert.Equal(1, probabilities.Sum(), 1e-5);
        double loss = -Enumerable.Range(1, tokens.Length - 1).Average(n => Math.Log(model.PredictProbabilities(tokens.AsSpan(0, n))[tokens[n]]));
        var measured = model.Evaluate(tokens);
        Assert.Equal(loss, measured.Loss, 1e-4);
        Assert.Equal(Math.Exp(measured.Loss), measured.Perplexity, 1e-12);
        Assert.Equal(measured.Loss, measured.BitsPerToken * Math.Log(2), 1e-12);
        var reader = new NextWordPredictor(model.Network);
        foreach (int token in tokens[..10])
            reader.Read(token);
        var explanation = model.Explain(tokens.AsSpan(0, 10));
        Assert.Equal(reader.Selection.Modules.ToArray(), explanation.Modules);
        Assert.InRange(explanation.Probabilities[0], 0.2, 1);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_with_any_number_of_threads_and_after_loading()
    {
        var one = Model();
        one.Fit(Text, Short);
        var three = new ModularLanguageModel(Characters, modules: 4, seed: 1, embedding: 8, hidden: 8, window: 10, threads: 3);
        three.Fit(Characters.Encode(Text), Short);
        float[] expected = one.PredictProbabilities([1, 2, 3]);
        Assert.Equal(expected, three.PredictProbabilities([1, 2, 3]));
        using var file = new MemoryStream();
        one.Save(file);
        file.Position = 0;
        var loaded = ModularLanguageModel.Load(file);
        Assert.Equal(expected, loaded.PredictProbabilities([1, 2, 3]));
        Assert.Equal(Characters.Characters, loaded.Characters!.Characters);
        Assert.Equal(one.Generate("be", 10, seed: 2), loaded.Generate("be", 10, seed: 2));
    }

    [Theory]
    [InlineData(nameof(TrainingMethod.ExpectedScore))]
    [InlineData(nameof(TrainingMethod.Reinforce))]
    [InlineData(nameof(TrainingMethod.Fixed))]
    public void Methods_that_select_modules_train(string name)
    {
        var method = (TrainingMethod)typeof(TrainingMethod).GetProperty(name)!.GetValue(null)!;
        var model = Model();
        var history = model.Fit(Text, new FitOptions { Steps = 30, BatchSize = 16, Method = method });
        Assert.True(history.Measurements[^1].Loss < history.Measurements[0].Loss, history.ToString());
        using var file = new MemoryStream();
        model.Save(file);
        file.Position = 0;
        Assert.Equal(model.PredictProbabilities([1, 2]), ModularLanguageModel.Load(file).PredictProbabilities([1, 2]));
    }

    [Fact]
    public void A_characters_number_is_its_place_and_a_character_that_was_not_in_the_text_is_refused()
    {
        var characters = CharacterVocabulary.Of("b\U0001F600ab");
        Assert.Equal((3, "ab\U0001F600"), (characters.Count, characters.Characters));
        Assert.Equal([2, 0, 1], characters.Encode("\U0001F600ab"));
        Assert.Equal("b\U0001F600", characters.Decode([1, 2]));
        Assert.Contains("character 2 of the text is U+0063", Assert.Throws<ArgumentException>(() => characters.Encode("ac")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_model_cannot_take_is_told()
    {
        var model = new ModularLanguageModel(vocabulary: 5, modules: 2, seed: 1, embedding: 4, hidden: 4, window: 10);
        Told("11 are needed", () => model.Fit([1, 2, 3]));
        Told("token 1 is 5", () => model.Fit([1, 5, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]));
        Told("noisy top-k", () => model.Fit(new int[30], new FitOptions { Method = TrainingMethod.NoisyTopK }));
        Told("vocabulary is 1", () => _ = new ModularLanguageModel(vocabulary: 1, modules: 2, seed: 1));
        Assert.Contains("Call Fit", Assert.Throws<InvalidOperationException>(() => model.Evaluate([1, 2])).Message, StringComparison.Ordinal);
        Assert.Contains("CharacterVocabulary", Assert.Throws<InvalidOperationException>(() => model.Fit("text")).Message, StringComparison.Ordinal);

        static void Told(string words, Action action) =>
            Assert.Contains(words, Assert.ThrowsAny<ArgumentException>(action).Message, StringComparison.Ordinal);
    }

    private static ModularLanguageModel Model() => new(Characters, modules: 4, seed: 1, embedding: 8, hidden: 8, window: 10);
}
