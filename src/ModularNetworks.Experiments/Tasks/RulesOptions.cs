using System.Text.Json.Serialization;
using ModularNetworks.Data;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>Options of a <see cref="ModularMlp"/> on numbers that obey several rules (<see cref="MlpRules"/>), drawn from the seed.</summary>
public sealed record RulesOptions : RunOptions, IWidthOptions
{
    /// <summary>The experiment's name.</summary>
    public const string Name = "rules";

    /// <summary>Creates the defaults.</summary>
    public RulesOptions()
    {
        Modules = 8;
        DetachedControllers = true;
        Steps = 1500;
        BatchSize = 128;
        Optimizer = new() { LearningRate = 3e-3, LearningRateCooldown = 0.4 };
        Intervals = new() { LogEvery = 100, EvaluateEvery = 500, CheckpointEvery = 500 };
        Threads = 1;
    }

    /// <inheritdoc/>
    public override string Experiment => Name;

    /// <summary>R, the number of rules.</summary>
    public int Rules { get; init; } = 8;

    /// <summary>The kind of targets.</summary>
    public RuleTarget Target { get; init; }

    /// <summary>The number of points in the training set, in the validation set and in the test set.</summary>
    public int Points { get; init; } = 10_000;

    /// <summary>
    /// Whether the numbers of the tasks are drawn at random and say nothing, as a control; in <c>config.json</c> <c>randomKey</c>.
    /// </summary>
    [JsonPropertyName("randomKey")]
    public bool HasRandomTasks { get; init; }

    /// <summary>σ², the variance of the noise that the likelihood assumes of numbers.</summary>
    public double NoiseVariance { get; init; } = 1;

    /// <summary>
    /// Whether modules come in as many families as are used at once (<see cref="ModuleFamilies"/>), by EM and REINFORCE, and where modules are assigned.
    /// </summary>
    public bool Families { get; init; }

    /// <summary>Options of the network.</summary>
    public ModularMlpSettings Network { get; init; } = new();

    /// <inheritdoc/>
    int IWidthOptions.Width => Network.Hidden;

    /// <inheritdoc/>
    RunOptions IWidthOptions.WithWidth(int width) => this with { Network = Network with { Hidden = width } };

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        Network.Validate();
        Require(Rules is >= 1 and <= 32, "rules", Rules, "from 1 to 32");
        Require(Points is >= 1 and <= 10_000_000, "points", Points, "from 1 to 10000000");
        Require(double.IsFinite(NoiseVariance) && NoiseVariance > 0, "noiseVariance", NoiseVariance, "a number above 0");
    }

    private protected override IReadOnlyList<CompositionStarts> Beginnings => Enum.GetValues<CompositionStarts>();

    private protected override IReadOnlyList<CompositionKeys> Keys =>
        [CompositionKeys.Datapoint, Em.Start == CompositionStarts.Clusters ? CompositionKeys.Cluster : CompositionKeys.Task];

    private protected override double LargestTensor =>
        Math.Max(base.LargestTensor, CandidateRows * Network.LargestRow(Picks));

    /// <summary>Draws the problem.</summary>
    internal TaskSplits Generate()
    {
        var key = RandomKey.FromSeed(Seed);
        var data = MlpRules.Generate(key.Split("data"), Rules, Points, Target);
        return HasRandomTasks ? data.WithRandomTasks(Rules, key.Split("random tasks")) : data;
    }

    /// <summary>The sizes of the network for some data.</summary>
    internal ModularMlpSizes Sizes(TaskSplits data) => Network.Sizes(this, data) with
    {
        Families = Families ? FamiliesOfPicks : ModuleFamilies.None,
        NoiseVariance = NoiseVariance,
    };
}
