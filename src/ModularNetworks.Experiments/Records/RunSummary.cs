using System.Text.Json.Serialization;

namespace ModularNetworks.Experiments;

/// <summary>The results of a run, as <c>summary.json</c> holds them.</summary>
public sealed record RunSummary
{
    /// <summary>The experiment's name.</summary>
    public required string Experiment { get; init; }

    /// <summary>The training method: one of <see cref="TrainingMethods"/>.</summary>
    public required string Method { get; init; }

    /// <summary>M, the number of modules.</summary>
    public required int Modules { get; init; }

    /// <summary>K, the number of modules used at once.</summary>
    [JsonPropertyName("parallel")]
    public required int Picks { get; init; }

    /// <summary>The seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The number of gradient steps.</summary>
    public required long Steps { get; init; }

    /// <summary>The last steps.</summary>
    public required LastSteps Train { get; init; }

    /// <summary>The measurement after the last step.</summary>
    [FlatPart]
    public required Measurement Measured { get; init; }

    /// <summary>The step with the lowest validation perplexity; null if none was measured.</summary>
    public BestStep? Best { get; init; }

    /// <summary>The number of steps that were left out since they were not finite.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long SkippedSteps { get; init; }

    /// <summary>The multiply-adds of a prediction for one unit; null if they are not counted.</summary>
    public long? PredictionOperations { get; init; }

    /// <summary>The multiply-adds of the training as the class of this name counts them; null if they are not counted.</summary>
    public double? TrainingOperations { get; init; }

    /// <summary>How long the run took with its measurements, in seconds.</summary>
    public required double WallSeconds { get; init; }

    /// <summary>The mean times of steps since the run was last resumed.</summary>
    public required StepMilliseconds StepMilliseconds { get; init; }

    /// <summary>The program and the hardware that the run used.</summary>
    [FlatPart]
    public required RunEnvironment Environment { get; init; }
}

/// <summary>The training over the last steps of a run.</summary>
/// <param name="LogLikelihood">log p(y|x, a, θ), in nats per unit.</param>
public sealed record LastSteps(double LogLikelihood);
