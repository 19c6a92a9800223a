using System.Text.Json;
using System.Text.Json.Nodes;

namespace ModularNetworks.Experiments;

/// <summary>What a run adds up between two lines of metrics, and over all its parts.</summary>
internal sealed class RunProgress
{
    private double _logLikelihood;
    private double _selectionLogProbability;
    private long _count;
    private EStepResult? _eStep;

    /// <summary>Seconds spent before the run was last resumed.</summary>
    public double Seconds { get; private init; }

    /// <summary>The training log-likelihood of the last line of metrics, in nats per unit.</summary>
    public double LastLogLikelihood { get; private set; }

    /// <summary>How many steps were left out since they were not finite.</summary>
    public long Skipped { get; private set; }

    /// <summary>The step with the lowest validation perplexity; null if none was measured.</summary>
    public BestStep? Best { get; private set; }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="text">What was written.</param>
    /// <param name="run">The run's folder, for the message.</param>
    /// <exception cref="CheckpointException">The text is damaged.</exception>
    public static RunProgress Parse(string text, string run)
    {
        try
        {
            var state = StrictJson.Parse(text);
            return new RunProgress
            {
                Seconds = Entry(state, "seconds").GetValue<double>(),
                LastLogLikelihood = Entry(state, "lastLogLikelihood").GetValue<double>(),
                _logLikelihood = Entry(state, "logLikelihood").GetValue<double>(),
                _selectionLogProbability = Entry(state, "selectionLogProbability").GetValue<double>(),
                _count = Entry(state, "count").GetValue<long>(),
                Skipped = state["skipped"]?.GetValue<long>() ?? 0, // Earlier versions skipped none.
                _eStep = state["eStep"] is not { } eStep ? null : new EStepResult(
                    Entry(eStep, "jointLogProbability").GetValue<double>(), Entry(eStep, "changedShare").GetValue<double>()),
                Best = state["best"] is not { } best ? null : new BestStep(
                    Entry(best, "step").GetValue<long>(), Entry(best, "valid").GetValue<double>(), Entry(best, "test").GetValue<double>()),
            };
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            throw new CheckpointException(
                $"Checkpoint: state.json of the checkpoint in {run} is damaged: {exception.Message}", exception);
        }
    }

    private static JsonNode Entry(JsonNode state, string name) =>
        state[name] ?? throw new FormatException($"it has no entry {name}.");

    /// <summary>Everything to go on from.</summary>
    public JsonObject Write(double seconds) => new()
    {
        ["seconds"] = seconds,
        ["lastLogLikelihood"] = LastLogLikelihood,
        ["logLikelihood"] = _logLikelihood,
        ["selectionLogProbability"] = _selectionLogProbability,
        ["count"] = _count,
        ["skipped"] = Skipped,
        ["eStep"] = EStep(units: 1),
        ["best"] = Best?.Write(),
    };

    /// <summary>Adds a step.</summary>
    /// <param name="result">What its M-step did.</param>
    /// <param name="eStep">What the last E-step did, if there was one.</param>
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
    /// <param name="measured">What was measured.</param>
    public void Keep(long step, JsonObject measured) => Best = BestStep.Of(Best, step, measured);

    /// <summary>The averages since the last call, per unit.</summary>
    public JsonObject TakeAverages(int units)
    {
        var averages = new JsonObject();
        if (_count > 0)
        {
            LastLogLikelihood = _logLikelihood / _count / units;
            averages["train"] = new JsonObject
            {
                ["logLikelihood"] = LastLogLikelihood,
                ["selectionLogProbability"] = _selectionLogProbability / _count / units,
            };
        }
        if (Skipped > 0)
            averages["skippedSteps"] = Skipped;
        if (_eStep is not null)
            averages["eStep"] = EStep(units);
        _logLikelihood = 0;
        _selectionLogProbability = 0;
        _count = 0;
        return averages;
    }

    private JsonObject? EStep(int units) => _eStep is not { } eStep ? null : new JsonObject
    {
        ["jointLogProbability"] = eStep.JointLogProbability / units,
        ["changedShare"] = eStep.ChangedShare,
    };
}
