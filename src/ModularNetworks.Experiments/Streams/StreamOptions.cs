using ModularNetworks.Data;

namespace ModularNetworks.Experiments;

/// <summary>Options of a <see cref="ModularMlp"/> that learns tasks one after the other.</summary>
public sealed record StreamOptions : DataRunOptions, IWidthOptions
{
    /// <summary>The experiment's name.</summary>
    public const string Name = "stream";

    /// <summary>The number of tasks.</summary>
    internal const int Tasks = 10;

    /// <summary>Creates the defaults.</summary>
    public StreamOptions()
    {
        Modules = 2 * Tasks;
        Steps = 8000;
        BatchSize = 128;
        Em = new() { Start = CompositionStarts.Input };
        Optimizer = new() { LearningRate = 3e-3, LazyAdam = true };
        Intervals = new() { LogEvery = 100, EvaluateEvery = Steps / Tasks, CheckpointEvery = 500 };
    }

    /// <inheritdoc/>
    public override string Experiment => Name;

    /// <summary>The number of units of a module in the hidden layer.</summary>
    public int Hidden { get; init; } = 32;

    /// <summary>How EM learns the stream.</summary>
    public StreamSettings Stream { get; init; } = new();

    /// <inheritdoc/>
    int IWidthOptions.Width => Hidden;

    /// <summary>The number of gradient steps for each task; the last one also takes what is left.</summary>
    internal long StepsPerTask => Steps / Tasks;

    /// <inheritdoc/>
    RunOptions IWidthOptions.WithWidth(int width) => this with { Hidden = width };

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        Stream.Validate();
        Require(Hidden is >= 1 and <= 10_000, "hidden", Hidden, "from 1 to 10000");
        Require(Method is TrainingMethods.Em or TrainingMethods.Assigned or TrainingMethods.Fixed, "method", Method, "em, assigned or fixed");
        Require(Picks == 1, "parallel", Picks, "1: each layer uses one module");
        Require(!Families, "families", Families, "false: modules that are frozen have nothing in common with others");
        Require(Method != TrainingMethods.Em || Optimizer.LazyAdam, "lazyAdam", Optimizer.LazyAdam, "true with --method em: plain Adam moves frozen modules");
        Require(Method != TrainingMethods.Assigned || Modules >= Tasks, "modules", Modules, $"at least {Tasks} with --method assigned, one for each task");
        Require(Steps >= Tasks, "steps", Steps, $"at least {Tasks}, one for each task");
        Require((double)Steps * BatchSize <= int.MaxValue, "steps", Steps, $"at most {int.MaxValue / BatchSize} with mini-batches of {BatchSize}");
    }

    private protected override IReadOnlyList<CompositionStarts> Beginnings => [CompositionStarts.Uniform, CompositionStarts.Input];

    private protected override bool HasPhases => false;

    private protected override double LargestTensor => Math.Max(base.LargestTensor, BatchSize * (double)Tasks * Tasks * Hidden);

    /// <inheritdoc/>
    internal override Func<string, long, string> ReasonForLastStep =>
        (run, step) => $"the tasks of the run in {run} share {step} steps";

    /// <summary>Reads the images and makes the tasks.</summary>
    /// <exception cref="DataException">The images are missing or damaged.</exception>
    internal TaskSplits Load() => DigitTasks.CreateStream(DigitImages.Load(Data));

    /// <summary>The sizes of the network for some data.</summary>
    internal ModularMlpSizes Sizes(TaskSplits data) => new()
    {
        Inputs = data.Train.Inputs.Features,
        Outputs = data.Train.Classes.Count,
        Modules = Modules,
        Hidden = Hidden,
        InputKeys = Tasks,
    };

    /// <summary>How EM is run.</summary>
    /// <param name="batchSize">The number of datapoints in a mini-batch.</param>
    internal StreamEmOptions EmOptions(int batchSize) => new()
    {
        Tasks = Tasks,
        StepsPerTask = StepsPerTask,
        BatchSize = batchSize,
        WarmUp = Stream.WarmUp,
        EStepBatches = Stream.EStepBatches,
        NewModuleCost = Stream.NewModuleCost,
    };
}
