using System.Globalization;

namespace ModularNetworks.Experiments;

/// <summary>What every training run can be told. All of it decides the result, but for <see cref="Threads"/>.</summary>
public abstract record RunOptions
{
    /// <summary>The name of training by generalized Viterbi EM.</summary>
    public const string Em = "em";

    /// <summary>The name of training by REINFORCE.</summary>
    public const string Reinforce = "reinforce";

    /// <summary>The name of training by noisy top-k gating.</summary>
    public const string TopK = "topk";

    /// <summary>The name of training the non-modular baseline.</summary>
    public const string Fixed = "fixed";

    /// <summary>The largest number of threads.</summary>
    public const int MostThreads = 256;

    private static readonly string[] HaveTheirOwnFlag = ["method", "modules", "parallel", "steps", "seed", "threads"];

    /// <summary>The experiment's name.</summary>
    public abstract string Experiment { get; }

    /// <summary>How to train: <see cref="Em"/>, <see cref="Reinforce"/>, <see cref="TopK"/> or <see cref="Fixed"/>.</summary>
    public string Method { get; init; } = Em;

    /// <summary>M, the number of modules.</summary>
    public int Modules { get; init; }

    /// <summary>K, the number of modules used at once.</summary>
    public int Parallel { get; init; } = 1;

    /// <summary>Decides every random choice.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The number of gradient steps.</summary>
    public long Steps { get; init; }

    /// <summary>The number of datapoints in a mini-batch.</summary>
    public int BatchSize { get; init; }

    /// <summary>Which compositions an E-step tries beside the stored ones.</summary>
    public EStepCandidates Candidates { get; init; }

    /// <summary>S, the number of compositions sampled for each datapoint in an E-step.</summary>
    public int Samples { get; init; } = 10;

    /// <summary>k, the number of gradient steps between two E-steps.</summary>
    public int MStepsPerEStep { get; init; } = 15;

    /// <summary>Whether the gradient steps after an E-step use its mini-batch again.</summary>
    public bool SharedBatches { get; init; }

    /// <summary>Whether the gradient of log p(a|x, φ) changes the controllers alone, by EM and REINFORCE.</summary>
    public bool DetachedControllers { get; init; }

    /// <summary>What REINFORCE subtracts from the rewards.</summary>
    public ControlVariate ControlVariate { get; init; }

    /// <summary>The weight of the past in REINFORCE's moving average of rewards.</summary>
    public double ControlVariateDecay { get; init; } = 0.99;

    /// <summary>The number of compositions that REINFORCE samples for each datapoint.</summary>
    public int RewardSamples { get; init; } = 1;

    /// <summary>k, the number of modules that noisy top-k gating mixes; all modules if there are fewer.</summary>
    public int MixedModules { get; init; } = 4;

    /// <summary>The weight of noisy top-k gating's importance loss; 0 for none.</summary>
    public double ImportanceLoss { get; init; }

    /// <summary>The weight of noisy top-k gating's load loss; 0 for none.</summary>
    public double LoadLoss { get; init; }

    /// <summary>Adam's step size.</summary>
    public double LearningRate { get; init; }

    /// <summary>The number of gradient steps in which the step size halves; 0 if it stays as it is.</summary>
    public double LearningRateHalfLife { get; init; }

    /// <summary>AdamW's decoupled weight decay; 0 for none.</summary>
    public double WeightDecay { get; init; }

    /// <summary>
    /// Whether modules that a mini-batch does not use keep their weights, instead of moving on by their average gradient
    /// (<see cref="Engine.Adam.Lazy"/>).
    /// </summary>
    public bool LazyAdam { get; init; }

    /// <summary>The norm that gradients are scaled down to; 0 for no limit.</summary>
    public double MaxGradientNorm { get; init; }

    /// <summary>
    /// Whether a gradient step whose loss or gradient is not a finite number is left out and counted; else it ends the run.
    /// </summary>
    public bool SkipNonFinite { get; init; }

    /// <summary>Gradient steps between two lines of metrics.</summary>
    public long LogEvery { get; init; }

    /// <summary>Gradient steps between two measurements on held-out data.</summary>
    public long EvaluateEvery { get; init; }

    /// <summary>Gradient steps between two checkpoints.</summary>
    public long CheckpointEvery { get; init; }

    /// <summary>The number of threads. Does not change the result.</summary>
    public int Threads { get; init; }

    /// <summary>The number of elements of the largest tensor that these sizes can lead to, at least.</summary>
    private protected virtual double LargestTensor => CandidateRows * Parallel * Modules;

    /// <summary>The largest number of rows of an E-step or of a step of REINFORCE, at least.</summary>
    private protected double CandidateRows => BatchSize * Math.Max(
        RewardSamples,
        Candidates is EStepCandidates.Sampled or EStepCandidates.Distinct ? Samples + 1.0 : Math.Pow(Modules, Parallel));

    /// <summary>The step size of the gradient step after some others.</summary>
    /// <param name="steps">The number of gradient steps taken before.</param>
    internal double LearningRateAfter(long steps) =>
        LearningRateHalfLife > 0 ? LearningRate * Math.Pow(0.5, steps / LearningRateHalfLife) : LearningRate;

    /// <summary>How the trained network uses its modules.</summary>
    internal ModuleUse Use => Method switch
    {
        Fixed => new ModuleUse(Selector.None),
        TopK => new ModuleUse(Selector.NoisyGate, MixedModules),
        _ => new ModuleUse(Selector.Controller),
    };

    /// <summary>Whether the run trains the non-modular baseline.</summary>
    internal bool IsFixed => Method == Fixed;

    /// <summary>Checks the options together.</summary>
    /// <exception cref="RunException">An option is out of range, or two do not fit.</exception>
    public virtual void Validate()
    {
        Require(Method is Em or Reinforce or TopK or Fixed, "method", Method, "em, reinforce, topk or fixed");
        RequireAtLeastOne("modules", Modules);
        RequireAtLeastOne("parallel", Parallel);
        RequireAtLeastOne("steps", Steps);
        RequireAtLeastOne("batchSize", BatchSize);
        RequireAtLeastOne("samples", Samples);
        RequireAtLeastOne("mStepsPerEStep", MStepsPerEStep);
        RequireAtLeastOne("rewardSamples", RewardSamples);
        Require(
            ControlVariate != ControlVariate.LeaveOneOut || RewardSamples >= 2,
            "rewardSamples", RewardSamples, "at least 2 with controlVariate=leaveOneOut");
        Require(ControlVariateDecay is >= 0 and <= 1, "controlVariateDecay", ControlVariateDecay, "from 0 to 1");
        RequireAtLeastOne("mixedModules", MixedModules);
        Require(double.IsFinite(ImportanceLoss) && ImportanceLoss >= 0, "importanceLoss", ImportanceLoss, "0 or more");
        Require(double.IsFinite(LoadLoss) && LoadLoss >= 0, "loadLoss", LoadLoss, "0 or more");
        RequireAtLeastOne("logEvery", LogEvery);
        RequireAtLeastOne("evaluateEvery", EvaluateEvery);
        RequireAtLeastOne("checkpointEvery", CheckpointEvery);
        RequireAtLeastOne("threads", Threads);
        Require(double.IsFinite(LearningRate) && LearningRate > 0, "learningRate", LearningRate, "a number above 0");
        Require(
            double.IsFinite(LearningRateHalfLife) && LearningRateHalfLife >= 0, "learningRateHalfLife", LearningRateHalfLife, "0 or more");
        Require(double.IsFinite(WeightDecay) && WeightDecay >= 0, "weightDecay", WeightDecay, "0 or more");
        Require(double.IsFinite(MaxGradientNorm) && MaxGradientNorm >= 0, "maxGradientNorm", MaxGradientNorm, "0 or more");
        Require(Modules <= 65536, "modules", Modules, "at most 65536");
        Require(Parallel <= 64, "parallel", Parallel, "at most 64");
        Require(Threads <= MostThreads, "threads", Threads, $"at most {MostThreads}");
        if (LargestTensor > int.MaxValue)
        {
            throw new RunException(string.Create(
                CultureInfo.InvariantCulture,
                $"The sizes ask for a tensor of {LargestTensor:G2} numbers; at most {int.MaxValue} fit. Lower the largest of "
                + $"--modules {Modules}, --parallel {Parallel}, --set batchSize={BatchSize}, samples={Samples} and "
                + $"rewardSamples={RewardSamples}."));
        }
        if (!IsFixed && Parallel > Modules)
        {
            throw new RunException(
                $"--parallel is {Parallel}, but there are only {Modules} modules to select from. Lower --parallel or raise "
                + "--modules.");
        }
        if (Method == TopK && Parallel != 1)
        {
            throw new RunException(
                $"--method topk makes one mixture of modules, but --parallel is {Parallel}. Leave it out; the number of modules "
                + "that are mixed is --set mixedModules=....");
        }
        if (IsFixed && Modules != Parallel)
        {
            throw new RunException(
                $"--method fixed uses the same {Parallel} modules for all inputs, but --modules is {Modules}. Give --modules "
                + $"and --parallel the same number.");
        }
    }

    /// <summary>Demands that an option is at least 1.</summary>
    protected static void RequireAtLeastOne(string option, long value) => Require(value >= 1, option, value, "at least 1");

    /// <summary>Demands a condition on an option.</summary>
    protected static void Require(bool condition, string option, object value, string rule)
    {
        if (!condition)
        {
            string fix = HaveTheirOwnFlag.Contains(option) ? $"--{option}." : $"--set {option}=...";
            string text = value is bool truth ? (truth ? "true" : "false") : $"{value}";
            throw new RunException($"{option} is {text}; it must be {rule}. Change it with {fix}");
        }
    }
}
