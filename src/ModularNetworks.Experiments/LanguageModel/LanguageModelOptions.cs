using System.Text.Json.Serialization;
using ModularNetworks.Data;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>Options of a language model (paper, section 3.2 and appendix C).</summary>
public abstract record LanguageModelOptions : DataRunOptions, IWidthOptions
{
    private const int MostBigramLogits = 20_000_000;

    // Texts that are longer would wait for hours until all their windows begin with some modules.
    private const long MostStoredPicks = 1L << 28;

    /// <summary>Creates the paper's sizes.</summary>
    protected LanguageModelOptions()
    {
        Modules = 5;
        Steps = 50_000;
        BatchSize = 128;
        Optimizer = new() { LearningRate = 1e-3 };
        Intervals = new() { LogEvery = 100, EvaluateEvery = 1000, CheckpointEvery = 1000 };
        Threads = 1;
    }

    /// <summary>The number of words in a window.</summary>
    public int Window { get; init; } = 35;

    /// <summary>The size of a word's vector.</summary>
    public int Embedding { get; init; } = 32;

    /// <summary>The size of a state and of a module's output.</summary>
    public int Hidden { get; init; } = 8;

    /// <summary>The activation of the proposed state; in <c>config.json</c> <c>candidateFunction</c>.</summary>
    [JsonPropertyName("candidateFunction")]
    public StateActivation StateActivation { get; init; }

    /// <summary>The kind of the controller.</summary>
    public ControllerKind Controller { get; init; }

    /// <summary>The number of units in the hidden layer of a multilayer controller.</summary>
    public int ControllerUnits { get; init; } = 16;

    /// <summary>Whether every module brings its own gates of the recurrent unit; false for gates that all modules share, as in the paper.</summary>
    public bool ModularGates { get; init; }

    /// <summary>Whether the softmax reads a state by the modules that made it; false for a softmax that knows no modules, as in the paper.</summary>
    public bool ModularReadout { get; init; }

    /// <summary>The share of the word vectors' elements that gradient steps drop; E-steps and evaluation drop nothing.</summary>
    public double Dropout { get; init; }

    /// <summary>The state that training reads a window from; carried, the text is as many streams as a mini-batch has rows.</summary>
    public WindowState TrainingState { get; init; }

    /// <summary>The state that evaluation reads a window from; carried, the text is one stream.</summary>
    public WindowState EvaluationState { get; init; } = WindowState.Carried;

    /// <inheritdoc/>
    int IWidthOptions.Width => Hidden;

    /// <inheritdoc/>
    RunOptions IWidthOptions.WithWidth(int width) => this with { Hidden = width };

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        TopK.RequireSharesOfMixed();
        Require(Window is >= 1 and <= 10_000, "window", Window, "from 1 to 10000");
        Require(Embedding is >= 1 and <= 10_000, "embedding", Embedding, "from 1 to 10000");
        Require(Hidden is >= 1 and <= 10_000, "hidden", Hidden, "from 1 to 10000");
        Require(
            TrainingState == WindowState.Zero || Reinforce.RewardSamples == 1, "rewardSamples", Reinforce.RewardSamples, "1 with trainingState=carried");
        Require(
            TrainingState == WindowState.Zero || !Em.SharedBatches, "sharedBatches", Em.SharedBatches, "false with trainingState=carried");
        Require(!Em.KeyExchange || Controller == ControllerKind.Table, "keyExchange", Em.KeyExchange, "false without controller=table");
        Require(ControllerUnits is >= 1 and <= 10_000, "controllerUnits", ControllerUnits, "from 1 to 10000");
        Require(Dropout is >= 0 and < 1, "dropout", Dropout, "at least 0 and below 1");
    }

    /// <summary>Demands that a vocabulary's pairs of words are not too many to be keys.</summary>
    /// <param name="words">The number of different words.</param>
    /// <param name="unit">The name of a unit of the text, for the message.</param>
    /// <exception cref="RunException">They are too many.</exception>
    internal void RequireKeys(int words, string unit) => Require(
        Em.Key != CompositionKeys.Bigram || (double)words * words * Modules * Picks <= MostBigramLogits,
        "key", "bigram", $"token or datapoint for {words} different {unit}s: the pairs of {unit}s times the modules are more than {MostBigramLogits}");

    /// <summary>Reads the text.</summary>
    /// <param name="cache">The place where long texts are kept as ids; null for none.</param>
    /// <param name="progress">Is told how the reading goes on, and ends it; null if nobody is.</param>
    /// <exception cref="DataException">The text is missing or damaged.</exception>
    public abstract TextCorpus Load(TextCache? cache = null, DataProgress? progress = null);

    /// <summary>Demands that the compositions of all windows fit into memory where EM stores one for each.</summary>
    /// <param name="windows">The number of windows.</param>
    /// <param name="words">The number of different words.</param>
    /// <param name="unit">The name of a unit of the text, for the message.</param>
    /// <exception cref="RunException">They do not.</exception>
    internal void RequireStore(long windows, int words, string unit) => Require(
        Method != TrainingMethods.Em || Em.Key != CompositionKeys.Datapoint || (double)windows * Window * Picks <= MostStoredPicks,
        "key", "datapoint", $"token for {Counted.Of(windows, "window")} of text: modules would be stored for each {unit} of the text, instead of each of {words} different ones");

    private protected override IReadOnlyList<CompositionStarts> Beginnings => (Em.Key, TrainingState) switch
    {
        (not CompositionKeys.Datapoint, _) => [CompositionStarts.Uniform, CompositionStarts.Input],
        (_, WindowState.Carried) => [CompositionStarts.Uniform],
        _ => [CompositionStarts.Uniform, CompositionStarts.Input, CompositionStarts.Mode],
    };

    private protected override IReadOnlyList<CompositionKeys> Keys =>
        [CompositionKeys.Datapoint, CompositionKeys.Token, CompositionKeys.Bigram];

    private protected override double LargestTensor
    {
        get
        {
            double rows = CandidateRows * Window, gateInputs = (double)Embedding + Hidden;
            double ofController = Math.Max((double)Picks * Modules, Controller == ControllerKind.Multilayer ? ControllerUnits : 0);
            double activations = rows * Math.Max(ofController, Math.Max(gateInputs, 3.0 * Hidden));
            return Math.Max(activations, Modules * gateInputs * Hidden * (ModularGates ? 2 : 1));
        }
    }

    /// <summary>The model's sizes.</summary>
    internal LanguageModelSizes Sizes => new()
    {
        Modules = Modules,
        Picks = Picks,
        Families = RelatedModules,
        Window = Window,
        Embedding = Embedding,
        Hidden = Hidden,
        StateActivation = StateActivation,
        Controller = Controller,
        ControllerUnits = ControllerUnits,
        ModularGates = ModularGates,
        ModularReadout = ModularReadout,
        BigramKeys = Em.Key == CompositionKeys.Bigram,
        Dropout = Dropout,
    };
}
