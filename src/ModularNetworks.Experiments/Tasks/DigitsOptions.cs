using System.Text.Json.Serialization;
using ModularNetworks.Data;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>Options of a <see cref="ModularMlp"/> on images that obey several rules.</summary>
public sealed record DigitsOptions : DataRunOptions, IWidthOptions
{
    /// <summary>The experiment's name.</summary>
    public const string Name = "digits";

    private const int RandomTasks = 8;

    /// <summary>Creates the defaults.</summary>
    public DigitsOptions()
    {
        Modules = 8;
        DetachedControllers = true;
        Steps = 1500;
        BatchSize = 128;
        Optimizer = new() { LearningRate = 3e-3, LearningRateCooldown = 0.4 };
        Intervals = new() { LogEvery = 100, EvaluateEvery = 500, CheckpointEvery = 500 };
    }

    /// <inheritdoc/>
    public override string Experiment => Name;

    /// <summary>The rules that images and labels obey.</summary>
    public DigitTask Task { get; init; } = DigitTask.Rotation;

    /// <summary>
    /// Whether the numbers of the tasks are drawn at random and say nothing, as a control; in <c>config.json</c> <c>randomKey</c>.
    /// </summary>
    [JsonPropertyName("randomKey")]
    public bool HasRandomTasks { get; init; }

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
    }

    private protected override IReadOnlyList<CompositionStarts> Beginnings => Enum.GetValues<CompositionStarts>();

    private protected override IReadOnlyList<CompositionKeys> Keys =>
        [CompositionKeys.Datapoint, Em.Start == CompositionStarts.Clusters ? CompositionKeys.Cluster : CompositionKeys.Task];

    private protected override double LargestTensor =>
        Math.Max(base.LargestTensor, CandidateRows * Network.LargestRow(Picks));

    /// <summary>Reads the images and makes the problem.</summary>
    /// <exception cref="DataException">The images are missing or damaged.</exception>
    internal TaskSplits Load()
    {
        var data = DigitTasks.Create(DigitImages.Load(Data), Task);
        return HasRandomTasks ? data.WithRandomTasks(RandomTasks, RandomKey.FromSeed(Seed).Split("random tasks")) : data;
    }

    /// <summary>The sizes of the network for some data.</summary>
    internal ModularMlpSizes Sizes(TaskSplits data) => Network.Sizes(this, data) with { Families = RelatedModules };
}
