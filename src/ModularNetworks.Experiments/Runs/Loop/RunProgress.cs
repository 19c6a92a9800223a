using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ModularNetworks.Experiments;

/// <summary>The sums of a run between two lines of metrics, and over all its parts: the state of a checkpoint.</summary>
internal sealed class RunProgress
{
    private readonly Stopwatch _clock = new();
    private readonly double _secondsBefore;

    /// <summary>The seconds that the run has taken, with the time before it was last resumed.</summary>
    [JsonRequired]
    public double Seconds
    {
        get => _secondsBefore + _clock.Elapsed.TotalSeconds;
        init => _secondsBefore = value;
    }

    /// <summary>The training log-likelihood of the last line of metrics, in nats per unit.</summary>
    [JsonInclude, JsonRequired]
    public double LastLogLikelihood { get; private set; }

    [JsonInclude, JsonRequired]
    private double LogLikelihood { get; set; }

    [JsonInclude, JsonRequired]
    private double SelectionLogProbability { get; set; }

    [JsonInclude, JsonRequired]
    private long Count { get; set; }

    /// <summary>The number of steps that were left out since they were not finite; earlier versions left none out.</summary>
    [JsonInclude]
    public long Skipped { get; private set; }

    [JsonInclude, JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    private EStepResult? EStep { get; set; }

    /// <summary>The step with the lowest validation perplexity; null if none was measured.</summary>
    [JsonInclude, JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public BestStep? Best { get; private set; }

    /// <summary>The run around the checkpoint; null before the first one, and in checkpoints of earlier versions.</summary>
    public RunRecord? Record { get; set; }

    /// <summary>Reads the state of a checkpoint.</summary>
    /// <param name="text">The state in the checkpoint.</param>
    /// <param name="run">The run's folder, for the message.</param>
    /// <exception cref="CheckpointException">The text is damaged.</exception>
    public static RunProgress Parse(string text, string run)
    {
        try
        {
            return RecordJson.Read<RunProgress>(StrictJson.Parse(text));
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            throw new CheckpointException(
                $"Checkpoint: state.json of the checkpoint in {run} is damaged: {exception.Message}", exception);
        }
    }

    /// <summary>Counts the seconds from now on.</summary>
    public void StartClock() => _clock.Start();

    /// <summary>Adds a step.</summary>
    /// <param name="result">The result of its gradient step.</param>
    /// <param name="eStep">The result of the last E-step, if there was one.</param>
    public void Add(StepResult result, EStepResult? eStep)
    {
        EStep = eStep ?? EStep;
        if (result.IsSkipped)
        {
            Skipped++;
            return;
        }
        LogLikelihood += result.LogLikelihood;
        SelectionLogProbability += result.SelectionLogProbability;
        Count++;
    }

    /// <summary>Keeps a measurement on held-out data if it is the best.</summary>
    /// <param name="step">The number of gradient steps taken.</param>
    /// <param name="measured">The measurement.</param>
    public void Keep(long step, Measurement measured) => Best = BestStep.Of(Best, step, measured);

    /// <summary>The averages since the last call, per unit.</summary>
    /// <param name="units">The number of units of a datapoint.</param>
    /// <param name="visits">How often E-steps have visited a datapoint; null if it is not counted.</param>
    public TrainingAverages TakeAverages(int units, double? visits)
    {
        bool isAny = Count > 0;
        if (isAny)
            LastLogLikelihood = LogLikelihood / Count / units;
        var averages = new TrainingAverages
        {
            Train = isAny
                ? new StepAverages { LogLikelihood = LastLogLikelihood, SelectionLogProbability = SelectionLogProbability / Count / units }
                : null,
            SkippedSteps = Skipped,
            EStep = EStep is { } eStep ? new EStepAverages(eStep.JointLogProbability / units, eStep.ChangedShare, visits) : null,
        };
        LogLikelihood = 0;
        SelectionLogProbability = 0;
        Count = 0;
        return averages;
    }
}
