namespace ModularNetworks.Experiments;

/// <summary>Options of the toy regression problem (paper, section 3.1). The problem is drawn from the seed.</summary>
public sealed record ToyOptions : RunOptions
{
    /// <summary>The experiment's name.</summary>
    public const string Name = "toy";

    /// <summary>Creates the defaults.</summary>
    public ToyOptions()
    {
        Modules = 2;
        TopK = new() { MixedModules = 2 };
        Steps = 5000;
        BatchSize = 100;
        Optimizer = new() { LearningRate = 0.03 };
        Intervals = new() { LogEvery = 250, EvaluateEvery = 250, CheckpointEvery = 2500 };
        Threads = 1;
    }

    /// <inheritdoc/>
    public override string Experiment => Name;

    /// <summary>The number of points in the training set, and as many in the held-out set.</summary>
    public int Points { get; init; } = 1000;

    /// <summary>σ², the variance of the observation noise that the likelihood assumes.</summary>
    public double NoiseVariance { get; init; } = 0.04;

    /// <summary>
    /// How many random starts are tried; the one with the best training bound is trained to the end. Used by EM only.
    /// </summary>
    public int Starts { get; init; } = 10;

    /// <summary>The number of gradient steps of a trial.</summary>
    public long TrialSteps { get; init; } = 1000;

    /// <inheritdoc/>
    public override RunOptions AfterTraining() => this with { Starts = 1 };

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        RequireAtLeastOne("points", Points);
        Require(Points <= 10_000_000, "points", Points, "at most 10000000");
        RequireAtLeastOne("starts", Starts);
        RequireAtLeastOne("trialSteps", TrialSteps);
        Require(double.IsFinite(NoiseVariance) && NoiseVariance > 0, "noiseVariance", NoiseVariance, "a number above 0");
    }
}
