using System.Text.Json.Serialization;
using ModularNetworks.Data;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>Options of a <see cref="SwitchingNetwork"/> on a linear system that is switched by rules (<see cref="SwitchingRules"/>), drawn from the seed.</summary>
public sealed record SwitchingOptions : RunOptions, IWidthOptions
{
    /// <summary>The experiment's name.</summary>
    public const string Name = "switching";

    /// <summary>Creates the defaults.</summary>
    public SwitchingOptions()
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

    /// <summary>D, the size of an input and of a state of the system.</summary>
    public int Size { get; init; } = 4;

    /// <summary>The number of time steps of a sequence.</summary>
    public int Length { get; init; } = 10;

    /// <summary>The number of sequences in the training set, in the validation set and in the test set.</summary>
    public int Sequences { get; init; } = 5000;

    /// <summary>σ², the variance of the noise that the likelihood assumes.</summary>
    public double NoiseVariance { get; init; } = 1;

    /// <summary>The size of a state of the recurrent unit.</summary>
    public int Hidden { get; init; } = 16;

    /// <summary>The activation of the proposed state; in <c>config.json</c> <c>candidateFunction</c>.</summary>
    [JsonPropertyName("candidateFunction")]
    public StateActivation StateActivation { get; init; } = StateActivation.Tanh;

    /// <summary>Whether every module brings gates of its own.</summary>
    public bool ModularGates { get; init; }

    /// <summary>What the controller decides by.</summary>
    public ControllerKind Controller { get; init; }

    /// <summary>
    /// Whether modules come in as many families as are used at once (<see cref="ModuleFamilies"/>), by EM and REINFORCE, and where modules are assigned.
    /// </summary>
    public bool Families { get; init; }

    /// <inheritdoc/>
    int IWidthOptions.Width => Hidden;

    /// <inheritdoc/>
    RunOptions IWidthOptions.WithWidth(int width) => this with { Hidden = width };

    /// <summary>Which modules are related.</summary>
    internal ModuleFamilies RelatedModules => Families ? FamiliesOfPicks : ModuleFamilies.None;

    /// <summary>The number of rules that the controller has a table for; 0 without a table.</summary>
    internal int TableKeys => Controller == ControllerKind.Table ? Rules : 0;

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        TopK.RequireSharesOfMixed();
        Require(Rules is >= 1 and <= 32, "rules", Rules, "from 1 to 32");
        Require(Size is >= 1 and <= 100, "size", Size, "from 1 to 100");
        Require(Length is >= 1 and <= 1000, "length", Length, "from 1 to 1000");
        Require(Sequences is >= 1 and <= 1_000_000, "sequences", Sequences, "from 1 to 1000000");
        Require((double)Sequences * Length * Size <= Array.MaxLength, "sequences", Sequences, $"so few that all of their numbers are at most {Array.MaxLength}");
        Require(Hidden is >= 1 and <= 10_000, "hidden", Hidden, "from 1 to 10000");
        Require(Controller != ControllerKind.Multilayer, "controller", "multilayer", "linear or table, since the input tells the rule");
        Require(double.IsFinite(NoiseVariance) && NoiseVariance > 0, "noiseVariance", NoiseVariance, "a number above 0");
    }

    private protected override IReadOnlyList<CompositionStarts> Beginnings =>
        [CompositionStarts.Uniform, CompositionStarts.Input, CompositionStarts.Mode];

    private protected override double LargestTensor
    {
        get
        {
            double inputs = Size + Rules + Hidden;
            double activations = CandidateRows * Length * Math.Max((double)Picks * Modules, Math.Max(inputs, 3.0 * Hidden));
            return Math.Max(activations, Modules * inputs * Hidden * (ModularGates ? 2 : 1));
        }
    }

    /// <summary>Draws the problem.</summary>
    internal SwitchingSplits Generate() =>
        SwitchingRules.Generate(RandomKey.FromSeed(Seed).Split("data"), Rules, Size, Length, Sequences);
}
