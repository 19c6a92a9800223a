using System.Diagnostics;
using System.Text.Json;

namespace ModularNetworks.Experiments;

/// <summary>The sums of a run between two lines of metrics, and over all its parts: the state of a checkpoint.</summary>
internal sealed class RunProgress
{
    private readonly Stopwatch _clock = new();
    private readonly double _secondsBefore;
    private double _logLikelihood;
    private double _selectionLogProbability;
    private long _count;
    private EStepResult? _eStep;

    /// <summary>The progress of a run that begins.</summary>
    public RunProgress()
    {
    }

    private RunProgress(ProgressState state)
    {
        (_secondsBefore, LastLogLikelihood, Skipped, Best, Record) = (state.Seconds, state.LastLogLikelihood, state.Skipped, state.Best, state.Record);
        (_logLikelihood, _selectionLogProbability, _count, _eStep) = (state.LogLikelihood, state.SelectionLogProbability, state.Count, state.EStep);
    }

    /// <summary>The seconds that the run has taken, with the time before it was last resumed.</summary>
    public double Seconds => _secondsBefore + _clock.Elapsed.TotalSeconds;

    /// <summary>The training log-likelihood of the last line of metrics, in nats per unit.</summary>
    public double LastLogLikelihood { get; private set; }

    /// <summary>The number of steps that were left out since they were not finite.</summary>
    public long Skipped { get; private set; }

    /// <summary>The step with the lowest validation perplexity; null if none was measured.</summary>
    public BestStep? Best { get; private set; }

    /// <summary>The run around the checkpoint; null before the first one, and in checkpoints of earlier versions.</summary>
    public RunRecord? Record { get; set; }

    /// <summary>What a checkpoint keeps.</summary>
    public ProgressState State =>
        new(Seconds, LastLogLikelihood, _logLikelihood, _selectionLogProbability, _count, Skipped, _eStep, Best, Record);

    /// <summary>Reads the state of a checkpoint.</summary>
    /// <param name="text">The state in the checkpoint.</param>
    /// <param name="run">The run's folder, for the message.</param>
    /// <exception cref="CheckpointException">The text is damaged.</exception>
    public static RunProgress Parse(string text, string run)
    {
        try
        {
            return new RunProgress(RecordJson.Read<ProgressState>(StrictJson.Parse(text)));
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
        _eStep = eStep ?? _eStep;
        if (result.IsSkipped)
        {
            Skipped++;
            return;
        }
        _logLikelihood += result.LogLikelihood;
        _selectionLogProbability += result.SelectionLogProbability;
        _count++;
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
        bool isAny = _count > 0;
        if (isAny)
            LastLogLikelihood = _logLikelihood / _count / units;
        var averages = new TrainingAverages
        {
            Train = isAny
                ? new StepAverages { LogLikelihood = LastLogLikelihood, SelectionLogProbability = _selectionLogProbability / _count / units }
                : null,
            SkippedSteps = Skipped,
            EStep = _eStep is { } eStep ? new EStepAverages(eStep.JointLogProbability / units, eStep.ChangedShare, visits) : null,
        };
        _logLikelihood = 0;
        _selectionLogProbability = 0;
        _count = 0;
        return averages;
    }
}
