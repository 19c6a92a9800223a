namespace ModularNetworks;

/// <summary>What a file tells of a fitted language model beside its parameters.</summary>
internal sealed record LanguageModelFile
{
    /// <summary>The format that is written.</summary>
    public const int CurrentFormat = 1;

    /// <summary>The number of the format.</summary>
    public required int Format { get; init; }

    /// <summary>The name of the estimator's type.</summary>
    public required string Estimator { get; init; }

    /// <summary>The number of different tokens.</summary>
    public required int Vocabulary { get; init; }

    /// <summary>M.</summary>
    public required int Modules { get; init; }

    /// <summary>K.</summary>
    public required int Picks { get; init; }

    /// <summary>The size of a token's vector.</summary>
    public required int Embedding { get; init; }

    /// <summary>The size of a state.</summary>
    public required int Hidden { get; init; }

    /// <summary>The number of tokens in a window.</summary>
    public required int Window { get; init; }

    /// <summary>The seed of the estimator.</summary>
    public required ulong Seed { get; init; }

    /// <summary>How modules are selected.</summary>
    public required SavedSelection Selection { get; init; }

    /// <summary>The characters, in the order of their numbers; null for tokens that are numbers only.</summary>
    public string? Characters { get; init; }
}
