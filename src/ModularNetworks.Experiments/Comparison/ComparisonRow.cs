namespace ModularNetworks.Experiments;

/// <summary>A row of a comparison: a method, with the same number of seeds as all others.</summary>
public sealed record ComparisonRow
{
    /// <summary>The name: that of the method, with <c>, longer</c> for runs that train for as many operations as EM.</summary>
    public required string Name { get; init; }

    /// <summary>The method's name.</summary>
    public required string Method { get; init; }

    /// <summary>The mean over the seeds, on test data.</summary>
    public required double Mean { get; init; }

    /// <summary>The 95 % confidence interval of the mean, low and high; null for one seed.</summary>
    public IReadOnlyList<double>? Interval { get; init; }

    /// <summary>The numbers of the seeds 1, 2 and so on, on test data.</summary>
    public required IReadOnlyList<double> Values { get; init; }

    /// <summary>The same on validation data.</summary>
    public required IReadOnlyList<double> ValidValues { get; init; }

    /// <summary>The difference to dense, paired by seed; null for dense itself, and without it.</summary>
    public SuiteDifference? DifferenceToDense { get; init; }

    /// <summary>The difference to dense that is trained for as many operations as EM, paired by seed; null for others than EM.</summary>
    public SuiteDifference? DifferenceAtEqualTraining { get; init; }

    /// <summary>The result against dense.</summary>
    public required SuiteVerdict Verdict { get; init; }

    /// <summary>The multiply-adds of a prediction.</summary>
    public required long PredictionOperations { get; init; }

    /// <summary>The milliseconds of a prediction for an input that comes alone, before training.</summary>
    public required double PredictionMilliseconds { get; init; }

    /// <summary>M, the number of modules.</summary>
    public required int Modules { get; init; }

    /// <summary>The number of modules that run at once.</summary>
    public required int Picks { get; init; }

    /// <summary>The mean number of modules that are used; null if nothing is selected.</summary>
    public double? ModulesUsed { get; init; }

    /// <summary>The multiply-adds of a training.</summary>
    public required double TrainingOperations { get; init; }

    /// <summary>The number of gradient steps.</summary>
    public required long Steps { get; init; }

    /// <summary>The learning rate that was chosen on validation data.</summary>
    public required double LearningRate { get; init; }

    /// <summary>The weight decay that was chosen on validation data.</summary>
    public required double WeightDecay { get; init; }

    /// <summary>The command that trains the row's run of seed 1, without the program's name.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>The mean over the seeds on validation data.</summary>
    internal double ValidMean => ValidValues.Average();
}
