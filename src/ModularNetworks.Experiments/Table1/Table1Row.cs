namespace ModularNetworks.Experiments;

/// <summary>A row of the paper's Table 1.</summary>
/// <param name="Method">How the model is trained: one of the names in <see cref="RunOptions"/>.</param>
/// <param name="Modules">M, the number of modules.</param>
/// <param name="Parallel">K, as the paper states it.</param>
/// <param name="Paper">The paper's test perplexity.</param>
public sealed record Table1Row(string Method, int Modules, int Parallel, double Paper) : ISeries
{
    // The paper states K = 1 for noisy top-k and k = 4, the number of modules that are mixed, beside it.
    private const int MixedModules = 4;

    /// <inheritdoc/>
    public string Name => $"{Method}-{Modules}-{Parallel}";

    /// <inheritdoc/>
    public string Title => $"{MethodTitle} {Modules}/{Parallel}";

    private string MethodTitle => Method switch
    {
        RunOptions.Em => "EM",
        RunOptions.Reinforce => "REINFORCE",
        RunOptions.TopK => $"noisy top-{MixedModules}",
        _ => "baseline",
    };

    /// <summary>The options of the row's runs.</summary>
    /// <param name="shared">What all rows have in common.</param>
    public LanguageModelOptions Options(LanguageModelOptions shared)
    {
        ArgumentNullException.ThrowIfNull(shared);
        return shared with
        {
            Method = Method,
            Modules = Modules,
            Parallel = Parallel,
            MixedModules = MixedModules,
            CheckpointEvery = ReproductionCheckpoints.Every(shared),
        };
    }
}
