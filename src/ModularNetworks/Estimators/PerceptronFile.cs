namespace ModularNetworks;

/// <summary>What a file tells of a fitted perceptron beside its parameters.</summary>
internal sealed record PerceptronFile
{
    /// <summary>The format that is written.</summary>
    public const int CurrentFormat = 1;

    /// <summary>The number of the format.</summary>
    public required int Format { get; init; }

    /// <summary>The name of the estimator's type.</summary>
    public required string Estimator { get; init; }

    /// <summary>The number of numbers in a row.</summary>
    public required int Inputs { get; init; }

    /// <summary>The number of classes, or 1 for a number.</summary>
    public required int Outputs { get; init; }

    /// <summary>M.</summary>
    public required int Modules { get; init; }

    /// <summary>K.</summary>
    public required int Picks { get; init; }

    /// <summary>The number of hidden units of a module.</summary>
    public required int Hidden { get; init; }

    /// <summary>The seed of the estimator.</summary>
    public required ulong Seed { get; init; }

    /// <summary>How modules are selected.</summary>
    public required SavedSelection Selection { get; init; }

    /// <summary>The number of modules that are mixed; 0 if modules are not.</summary>
    public int MixedModules { get; init; }

    /// <summary>Of the inputs, <c>[inputs]</c>.</summary>
    public required float[] InputMeans { get; init; }

    /// <summary>Of the inputs, <c>[inputs]</c>.</summary>
    public required float[] InputDeviations { get; init; }

    /// <summary>Of the targets; null if they are classes.</summary>
    public float? TargetMean { get; init; }

    /// <summary>Of the targets; null if they are classes.</summary>
    public float? TargetDeviation { get; init; }
}
