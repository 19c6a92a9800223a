using System.Globalization;

namespace ModularNetworks.Experiments;

/// <summary>A setting of the optimiser that a trial tries.</summary>
/// <param name="LearningRateFactor">Multiplies the task's learning rate.</param>
/// <param name="AddedWeightDecay">Is added to the task's weight decay.</param>
public sealed record SuiteSetting(double LearningRateFactor, double AddedWeightDecay)
{
    private const double WeightDecay = 0.1;

    /// <summary>
    /// The settings of all tasks that name no others, the base setting first and then what matters most: fewer trials try the first ones.
    /// </summary>
    public static IReadOnlyList<SuiteSetting> Usual { get; } =
    [
        new(1, 0),
        new(3, 0),
        new(1.0 / 3, 0),
        new(1, WeightDecay),
        new(3, WeightDecay),
        new(1.0 / 3, WeightDecay),
    ];

    /// <summary>The number of significant digits that learning rates are rounded to; null for all.</summary>
    public int? LearningRateDigits { get; init; }

    /// <summary>Changes options to this setting.</summary>
    public RunOptions Apply(RunOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var optimizer = options.Optimizer;
        return options with
        {
            Optimizer = optimizer with
            {
                LearningRate = Rounded(optimizer.LearningRate * LearningRateFactor),
                WeightDecay = optimizer.WeightDecay + AddedWeightDecay,
            },
        };
    }
    private double Rounded(double rate) => LearningRateDigits is { } digits
        ? double.Parse(rate.ToString($"G{digits}", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)
        : rate;
}
