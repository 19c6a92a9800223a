using System.Text.Json.Serialization;

namespace ModularNetworks.Experiments;

/// <summary>A row of the paper's Table 1.</summary>
/// <param name="Method">How the model is trained: one of the names in <see cref="RunOptions"/>.</param>
/// <param name="Modules">M, the number of modules.</param>
/// <param name="Picks">K, as the paper states it.</param>
/// <param name="Paper">The paper's test perplexity.</param>
public sealed record Table1Row(string Method, int Modules, [property: JsonPropertyName("parallel")] int Picks, double Paper) : ISeries
{
    // The paper states K = 1 for noisy top-k and k = 4, the number of modules that are mixed, beside it.
    private const int MixedModules = 4;

    /// <inheritdoc/>
    public string Name => $"{Method}-{Modules}-{Picks}";

    /// <inheritdoc/>
    public string Title => $"{MethodTitle} {Modules}/{Picks}";

    private string MethodTitle => Method switch
    {
        TrainingMethods.Em => "EM",
        TrainingMethods.Reinforce => "REINFORCE",
        TrainingMethods.TopK => $"noisy top-{MixedModules}",
        _ => "baseline",
    };

    /// <summary>The options of the row's runs.</summary>
    /// <param name="shared">The options that all rows have in common.</param>
    public LanguageModelOptions Options(LanguageModelOptions shared)
    {
        ArgumentNullException.ThrowIfNull(shared);
        return shared with
        {
            Method = Method,
            Modules = Modules,
            Picks = Picks,
            TopK = shared.TopK with { MixedModules = MixedModules },
            Intervals = ReproductionIntervals.Of(shared),
        };
    }
}
