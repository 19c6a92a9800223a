using System.Text.Json.Serialization;

namespace ModularNetworks.Experiments;

/// <summary>The progress of a run, as a checkpoint keeps it.</summary>
/// <param name="Seconds">The seconds that the run had taken.</param>
/// <param name="LastLogLikelihood">The training log-likelihood of the last line of metrics, in nats per unit.</param>
/// <param name="LogLikelihood">The sum of log-likelihoods since that line.</param>
/// <param name="SelectionLogProbability">The sum of log-probabilities of selections since that line.</param>
/// <param name="Count">The number of steps since that line.</param>
/// <param name="Skipped">The number of steps that were left out since they were not finite; earlier versions left none out.</param>
/// <param name="EStep">The result of the last E-step since that line; null if there was none.</param>
/// <param name="Best">The step with the lowest validation perplexity; null if none was measured.</param>
/// <param name="Record">The run around the checkpoint; null in checkpoints of earlier versions.</param>
[CompiledJson(typeof(ProgressTypes))]
internal sealed record ProgressState(
    double Seconds, double LastLogLikelihood, double LogLikelihood, double SelectionLogProbability, long Count, long Skipped = 0,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] EStepResult? EStep = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] BestStep? Best = null,
    RunRecord? Record = null);

/// <summary>The records of checkpoints, whose JSON the compiler writes code for.</summary>
[JsonSerializable(typeof(ProgressState))]
internal sealed partial class ProgressTypes : JsonSerializerContext;
