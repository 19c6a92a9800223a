using System.Globalization;
using System.Text.Json.Serialization;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>The options of a training run. All of them decide the result, but for <see cref="Threads"/>.</summary>
public abstract record RunOptions : OptionGroup
{
    /// <summary>The largest number of threads.</summary>
    public const int MostThreads = 256;

    private const int MostModules = 65536;
    private const int MostPicks = 64;

    /// <summary>The experiment's name.</summary>
    public abstract string Experiment { get; }

    /// <summary>The training method: one of <see cref="TrainingMethods"/>.</summary>
    public string Method { get; init; } = TrainingMethods.Em;

    /// <summary>M, the number of modules.</summary>
    public int Modules { get; init; }

    /// <summary>K, the number of modules used at once; in <c>config.json</c> <c>parallel</c>.</summary>
    [JsonPropertyName("parallel")]
    public int Picks { get; init; } = 1;

    /// <summary>Decides every random choice.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The number of gradient steps.</summary>
    public long Steps { get; init; }

    /// <summary>The number of datapoints in a mini-batch.</summary>
    public int BatchSize { get; init; }

    /// <summary>Options of EM.</summary>
    public EmSettings Em { get; init; } = new();

    /// <summary>Whether the gradient of log p(a|x, φ) changes the controllers alone, by EM, REINFORCE and expected scores.</summary>
    public bool DetachedControllers { get; init; }

    /// <summary>Options of REINFORCE.</summary>
    public ReinforceSettings Reinforce { get; init; } = new();

    /// <summary>Options of expected scores.</summary>
    public ExpectedScoreSettings Expected { get; init; } = new();

    /// <summary>Options of noisy top-k gating.</summary>
    public TopKSettings TopK { get; init; } = new();

    /// <summary>Options of the optimiser.</summary>
    public OptimizerSettings Optimizer { get; init; } = new();

    /// <summary>The intervals at which the run writes.</summary>
    public IntervalSettings Intervals { get; init; } = new();

    /// <summary>The number of threads. Does not change the result.</summary>
    public int Threads { get; init; }

    /// <summary>Where compositions can begin in this experiment.</summary>
    private protected virtual IReadOnlyList<CompositionStarts> Beginnings => [CompositionStarts.Uniform, CompositionStarts.Mode];

    /// <summary>The keys by which EM can store compositions in this experiment.</summary>
    private protected virtual IReadOnlyList<CompositionKeys> Keys => [CompositionKeys.Datapoint];

    /// <summary>Whether the training is EM by <see cref="ViterbiEm{TBatch}"/>, before and after which others may train.</summary>
    private protected virtual bool HasPhases => Method == TrainingMethods.Em;

    /// <summary>The number of elements of the largest tensor that these sizes can lead to, at least.</summary>
    private protected virtual double LargestTensor => CandidateRows * Picks * Modules;

    /// <summary>The largest number of rows of an E-step or of a step of REINFORCE, at least.</summary>
    private protected double CandidateRows => BatchSize * Math.Max(
        Reinforce.RewardSamples,
        TriesAllSelections ? Math.Pow(Modules, Picks) : Em.Samples + 1.0);

    /// <summary>Says of a run's folder and its last step why it can have no other last step; null if it can be trained on.</summary>
    internal virtual Func<string, long, string>? ReasonForLastStep => Optimizer.LearningRateCooldown > 0
        ? (run, step) => $"the step size of the run in {run} falls to zero at step {step} (learningRateCooldown)"
        : null;

    private bool TriesAllSelections =>
        Em.Key != CompositionKeys.Datapoint || Method == TrainingMethods.Expected || Expected.ExpectedAfter > 0 || Em.SoftUntil > 0
        || Em.Candidates is EStepCandidates.Exhaustive or EStepCandidates.Greedy;

    /// <summary>How the trained network selects its modules.</summary>
    /// <param name="assignments">The modules of each token, cluster or task, for the method <c>assigned</c>.</param>
    public SelectionRule CreateRule(params IReadOnlyList<ModuleAssignment> assignments) => Method switch
    {
        TrainingMethods.Assigned => new AssignedSelection(assignments),
        TrainingMethods.Fixed => new FixedSelection(),
        TrainingMethods.TopK => new MixtureSelection(TopK.MixedModules, shares: TopK.MixtureShares),
        _ => new ModeSelection(),
    };

    /// <summary>Whether the run trains the non-modular baseline.</summary>
    internal bool IsFixed => Method == TrainingMethods.Fixed;

    /// <summary>The number of modules that a layer uses at once: K, or those that a mixture is of.</summary>
    internal int PicksOfMethod => Method == TrainingMethods.TopK ? TopK.MixedModules : Picks;

    /// <summary>As many families as are used at once. Mixtures and the baseline select nothing, so that theirs are not related.</summary>
    internal ModuleFamilies FamiliesOfPicks =>
        Method is TrainingMethods.Em or TrainingMethods.Reinforce or TrainingMethods.Expected or TrainingMethods.Assigned
            ? new ModuleFamilies(Picks)
            : ModuleFamilies.None;

    /// <summary>
    /// The options to make the network of a finished training with. Its checkpoint replaces all parameters, so that no good start has to be
    /// looked for.
    /// </summary>
    public virtual RunOptions AfterTraining() => this;

    /// <summary>The options with a training method, and without what these options add to EM alone.</summary>
    /// <param name="method">One of <see cref="TrainingMethods"/>.</param>
    public virtual RunOptions WithMethod(string method) => this with { Method = method };

    /// <inheritdoc/>
    public override void Validate()
    {
        Require(
            Method is TrainingMethods.Em or TrainingMethods.Reinforce or TrainingMethods.Expected or TrainingMethods.TopK
                or TrainingMethods.Assigned or TrainingMethods.Fixed,
            "method", Method, "em, reinforce, expected, topk, assigned or fixed");
        RequireStart();
        RequireKey();
        RequireAtLeastOne("modules", Modules);
        RequireAtLeastOne("parallel", Picks);
        RequireAtLeastOne("steps", Steps);
        RequireAtLeastOne("batchSize", BatchSize);
        foreach (var group in (OptionGroup[])[Em, Reinforce, Expected, TopK, Intervals])
            group.Validate();
        RequirePhases();
        RequireAtLeastOne("threads", Threads);
        Optimizer.Validate();
        Require(Modules <= MostModules, "modules", Modules, $"at most {MostModules}");
        Require(Picks <= MostPicks, "parallel", Picks, $"at most {MostPicks}");
        Require(Threads <= MostThreads, "threads", Threads, $"at most {MostThreads}");
        RequirePicks();
        RequireMemory();
    }

    /// <summary>Demands that compositions can begin as the options ask for.</summary>
    private void RequireStart()
    {
        var possible = Method == TrainingMethods.Assigned
            ? Beginnings.Where(start => start is CompositionStarts.Input or CompositionStarts.Clusters)
            : Beginnings;
        string rule = string.Join(" or ", possible.Select(start => start.ToString().ToLowerInvariant()));
        Require(
            rule.Length > 0, "method", Method, $"another method: nothing in the inputs of {Experiment} could be assigned to modules");
        Require(possible.Contains(Em.Start), "start", Em.Start.ToString().ToLowerInvariant(), $"{rule} with --method {Method}");
    }

    /// <summary>Demands that compositions can be stored for what the options ask for.</summary>
    private void RequireKey()
    {
        var possible = Method == TrainingMethods.Em ? Keys : [CompositionKeys.Datapoint];
        string rule = string.Join(" or ", possible.Select(key => key.ToString().ToLowerInvariant()));
        Require(possible.Contains(Em.Key), "key", Em.Key.ToString().ToLowerInvariant(), $"{rule} with --method {Method}");
    }

    /// <summary>Demands that soft EM, EM and expected scores follow each other in this order.</summary>
    private void RequirePhases()
    {
        RequireOfEm("softUntil", Em.SoftUntil);
        RequireOfEm("expectedAfter", Expected.ExpectedAfter);
        RequireOfEm("expectedUntil", Expected.ExpectedUntil);
        RequireOfEm("freezeControllersAfter", Em.FreezeControllersAfter);
        Require(Em.SoftUntil < Steps, "softUntil", Em.SoftUntil, $"below the number of steps, {Steps}, so that EM follows");
        Require(
            Expected.ExpectedAfter == 0 || Expected.ExpectedAfter > Em.SoftUntil,
            "expectedAfter", Expected.ExpectedAfter, $"above softUntil={Em.SoftUntil}, so that EM is between them");
        Require(
            Expected.ExpectedUntil == 0 || (Expected.ExpectedAfter > 0 && Em.Key == CompositionKeys.Datapoint),
            "expectedUntil", Expected.ExpectedUntil, "0 without expectedAfter, and with another key than datapoint");
        Require(
            Em.FreezeControllersAfter == 0 || Expected.ExpectedAfter == 0,
            "freezeControllersAfter", Em.FreezeControllersAfter, "0 with expectedAfter, since controllers learn by expected scores");
    }

    /// <summary>Demands that a number of steps is 0 unless EM trains in phases.</summary>
    private void RequireOfEm(string option, long steps) => Require(
        steps == 0 || HasPhases, option, steps, Method == TrainingMethods.Em ? $"0 in {Experiment}" : $"0 with --method {Method}");

    private void RequireMemory()
    {
        if (LargestTensor > int.MaxValue)
        {
            throw new RunException(string.Create(
                CultureInfo.InvariantCulture,
                $"The sizes ask for a tensor of {LargestTensor:G2} numbers; at most {int.MaxValue} fit. Lower the largest of "
                + $"--modules {Modules}, --parallel {Picks}, --set batchSize={BatchSize}, samples={Em.Samples} and "
                + $"rewardSamples={Reinforce.RewardSamples}."));
        }
    }

    /// <summary>Demands that the method can pick K of M modules.</summary>
    private void RequirePicks()
    {
        if (!IsFixed && Picks > Modules)
        {
            throw new RunException(
                $"--parallel is {Picks}, but there are only {Counted.Of(Modules, "module")} to select from. Lower --parallel or raise "
                + "--modules.");
        }
        if (Method == TrainingMethods.TopK && Picks != 1)
        {
            throw new RunException(
                $"--method topk makes one mixture of modules, but --parallel is {Picks}. Leave it out; the number of modules "
                + "that are mixed is --set mixedModules=....");
        }
        if (Method == TrainingMethods.TopK && TopK.MixedModules > Modules)
        {
            throw new RunException(
                $"--set mixedModules is {TopK.MixedModules}, but there are only {Counted.Of(Modules, "module")} to mix. Lower mixedModules or raise --modules.");
        }
        if (IsFixed && Modules != Picks)
        {
            throw new RunException(
                $"--method fixed uses the same {Counted.Of(Picks, "module")} for all inputs, but --modules is {Modules}. Give --modules "
                + $"and --parallel the same number.");
        }
    }
}
