namespace ModularNetworks;

/// <summary>How many gradient steps a training takes, and after which it is measured.</summary>
/// <param name="Steps">The number of gradient steps.</param>
/// <param name="StepsPerEpoch">The number of mini-batches in an epoch.</param>
internal sealed record FitPlan(long Steps, long StepsPerEpoch)
{
    private const long MostMeasurements = 100;

    /// <summary>The number of epochs.</summary>
    public double Epochs => (double)Steps / StepsPerEpoch;

    private long StepsPerMeasurement { get; } =
        StepsPerEpoch * Math.Max(1, (((Steps + StepsPerEpoch - 1) / StepsPerEpoch) + MostMeasurements - 1) / MostMeasurements);

    /// <summary>The plan that options ask for.</summary>
    /// <param name="options">The options.</param>
    /// <param name="count">The number of datapoints.</param>
    /// <param name="defaultSteps">The number of steps if the options do not say.</param>
    public static FitPlan Of(FitOptions options, int count, long defaultSteps)
    {
        long perEpoch = count / Math.Min(options.BatchSize, count);
        return new FitPlan(options.Epochs is { } epochs ? epochs * perEpoch : options.Steps ?? defaultSteps, perEpoch);
    }

    /// <summary>Whether the training is measured after so many steps.</summary>
    public bool IsMeasuredAt(long steps) => steps % StepsPerMeasurement == 0 || steps == Steps;
}
