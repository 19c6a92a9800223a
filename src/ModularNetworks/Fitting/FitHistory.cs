using System.Globalization;
using System.Text;

namespace ModularNetworks;

/// <summary>How a training went.</summary>
/// <param name="Measurements">
/// A measurement after each epoch; of more than 100 epochs, after every second, third, ..., so that there are at most 100, and after the last step.
/// </param>
/// <param name="Best">The number of the measurement whose parameters were kept, a place in <paramref name="Measurements"/>.</param>
/// <param name="StoppedEarly">Whether training stopped since the loss on the validation data fell no more (<see cref="FitOptions.Patience"/>).</param>
/// <param name="Start">The training that was kept of <see cref="FitOptions.Starts"/>, from 0.</param>
public sealed record FitHistory(IReadOnlyList<FitMeasurement> Measurements, int Best, bool StoppedEarly, int Start = 0)
{
    // In nats. Mini-batches differ by less, where the training fits its data at all.
    private const double MostAboveStart = 1;

    /// <summary>The loss of the first mini-batch, before anything was learned, in nats as in <see cref="FitMeasurement.Loss"/>.</summary>
    public double StartLoss { get; init; }

    /// <summary>
    /// A line of advice if the training diverged: if the loss of what was kept is no number, or more than 1 nat above <see cref="StartLoss"/>; else null.
    /// </summary>
    public string? Warning => Kept.Loss <= StartLoss + MostAboveStart
        ? null
        : string.Create(
            CultureInfo.InvariantCulture,
            $"warning: the training diverged: the loss is {Kept.Loss:G4}, that of the first step was {StartLoss:G4}. Give a smaller LearningRate.");

    /// <summary>The measurement whose parameters were kept.</summary>
    public FitMeasurement Kept => Measurements[Best];

    /// <summary>A line for each measurement.</summary>
    public override string ToString() => new StringBuilder().AppendJoin('\n', Measurements).ToString();
}
