namespace ModularNetworks.Benchmarks;

/// <summary>All that can be measured.</summary>
public static class BenchCases
{
    /// <summary>The cases of some topics, in their order.</summary>
    public static IReadOnlyList<BenchCase> Of(params IEnumerable<BenchTopic> topics) => [.. topics.SelectMany(Of)];

    private static IEnumerable<BenchCase> Of(BenchTopic topic) => topic switch
    {
        BenchTopic.Lm => LanguageModelCases.All,
        BenchTopic.Cnn => ImageCases.All,
        BenchTopic.Toy => ToyCases.All,
        BenchTopic.Layer => LayerCases.All,
        BenchTopic.Gemm => ProductCases.All,
        BenchTopic.Sizes => SizeCases.All,
        BenchTopic.Inference => InferenceCases.All,
        BenchTopic.Startup => StartupCases.All,
        _ => throw new ArgumentOutOfRangeException(nameof(topic), topic, "There is no such topic."),
    };
}
