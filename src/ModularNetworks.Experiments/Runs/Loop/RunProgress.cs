using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ModularNetworks.Experiments;

/// <summary>The sums of a run between two lines of metrics, and over all its parts.</summary>
internal sealed class RunProgress
{
    private readonly Stopwatch _clock = new();
    private double _secondsBefore;
    private double _logLikelihood;
    private double _selectionLogProbability;
    private long _count;
    private EStepResult? _eStep;

    /// <summary>The seconds that the run has taken, with the time before it was last resumed.</summary>
    public double Seconds => _secondsBefore + _clock.Elapsed.TotalSeconds;

    /// <summary>The training log-likelihood of the last line of metrics, in nats per unit.</summary>
    public double LastLogLikelihood { get; private set; }

    /// <summary>The number of steps that were left out since they were not finite.</summary>
    public long Skipped { get; private set; }

    /// <summary>The step with the lowest validation perplexity; null if none was measured.</summary>
    public BestStep? Best { get; private set; }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="text">The state in the checkpoint.</param>
    /// <param name="run">The run's folder, for the message.</param>
    /// <exception cref="CheckpointException">The text is damaged.</exception>
    public static RunProgress Parse(string text, string run)
    {
        try
        {
            var state = StrictJson.Parse(text);
            return new RunProgress
            {
                _secondsBefore = JsonEntry.Of(state, "seconds").GetValue<double>(),
                LastLogLikelihood = JsonEntry.Of(state, "lastLogLikelihood").GetValue<double>(),
                _logLikelihood = JsonEntry.Of(state, "logLikelihood").GetValue<double>(),
                _selectionLogProbability = JsonEntry.Of(state, "selectionLogProbability").GetValue<double>(),
                _count = JsonEntry.Of(state, "count").GetValue<long>(),
                Skipped = state["skipped"]?.GetValue<long>() ?? 0, // Earlier versions skipped none.
                _eStep = state["eStep"] is not { } eStep ? null : new EStepResult(
                    JsonEntry.Of(eStep, "jointLogProbability").GetValue<double>(), JsonEntry.Of(eStep, "changedShare").GetValue<double>()),
                Best = state["best"] is { } best ? RunJson.ReadBest(best) : null,
            };
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            throw new CheckpointException(
                $"Checkpoint: state.json of the checkpoint in {run} is damaged: {exception.Message}", exception);
        }
    }

    /// <summary>Counts the seconds from now on.</summary>
    public void StartClock() => _clock.Start();

    /// <summary>The state to go on from.</summary>
    public JsonObject Write() => new()
    {
        ["seconds"] = Seconds,
        ["lastLogLikelihood"] = LastLogLikelihood,
        ["logLikelihood"] = _logLikelihood,
        ["selectionLogProbability"] = _selectionLogProbability,
        ["count"] = _count,
        ["skipped"] = Skipped,
        ["eStep"] = _eStep is { } eStep ? RunJson.Write(eStep) : null,
        ["best"] = Best is { } best ? RunJson.Write(best) : null,
    };

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
    public TrainingAverages TakeAverages(int units)
    {
        bool isAny = _count > 0;
        if (isAny)
            LastLogLikelihood = _logLikelihood / _count / units;
        var averages = new TrainingAverages
        {
            LogLikelihood = isAny ? LastLogLikelihood : null,
            SelectionLogProbability = isAny ? _selectionLogProbability / _count / units : null,
            SkippedSteps = Skipped,
            EStep = _eStep is { } eStep ? eStep with { JointLogProbability = eStep.JointLogProbability / units } : null,
        };
        _logLikelihood = 0;
        _selectionLogProbability = 0;
        _count = 0;
        return averages;
    }
}
