namespace ModularNetworks.Experiments;

/// <summary>The training methods of the library, with a run's options.</summary>
internal static class RunMethods
{
    /// <summary>The method that a run's options ask for.</summary>
    /// <param name="options">The run's options.</param>
    /// <param name="start">The modules that the method <c>assigned</c> keeps.</param>
    public static TrainingMethod Of(RunOptions options, SelectionRule? start) => options.Method switch
    {
        TrainingMethods.Em => Em(options),
        TrainingMethods.Expected => new ExpectedScoreMethod { Options = Expected(options) },
        TrainingMethods.Reinforce => new ReinforceMethod { Options = Reinforce(options) },
        TrainingMethods.TopK => new NoisyTopKMethod { Options = TopK(options) },
        TrainingMethods.Assigned => new FixedMethod { Selection = start },
        TrainingMethods.Fixed => new FixedMethod(),
        _ => throw new ArgumentException($"Trainers: there is no method {options.Method}."),
    };

    /// <summary>The option that asked for the part of a method that does not fit.</summary>
    /// <param name="options">The run's options.</param>
    /// <param name="part">The property of the method that has the part's options.</param>
    /// <returns>Null if no option in particular did.</returns>
    public static string? OptionFor(RunOptions options, string? part) => (options.Method, part) switch
    {
        (TrainingMethods.Expected, _) => "--method expected",
        (TrainingMethods.Em, nameof(EmMethod.Expected)) => "--set expectedAfter",
        (TrainingMethods.Em, nameof(EmMethod.SoftFirst)) => "--set softUntil",
        (TrainingMethods.Em, _) => OptionForEm(options.Em),
        _ => null,
    };

    // Which candidates and keys fit is known only where there is a network.
    private static string? OptionForEm(EmSettings em) => em switch
    {
        { Candidates: not EStepCandidates.Sampled } => $"--set candidates={em.Candidates.ToString().ToLowerInvariant()}",
        { Key: not CompositionKeys.Datapoint } => $"--set key={em.Key.ToString().ToLowerInvariant()}",
        { FreezeControllersAfter: > 0 } => "--set freezeControllersAfter",
        _ => null,
    };

    private static EmMethod Em(RunOptions options) => new()
    {
        Options = new()
        {
            Candidates = options.Em.Candidates,
            Samples = options.Em.Samples,
            SharedBatches = options.Em.SharedBatches,
            MStepsPerEStep = options.Em.MStepsPerEStep,
            Keyed = options.Em.Key == CompositionKeys.Datapoint ? null : Keyed(options.Em),
            DetachedControllers = options.DetachedControllers,
            FreezeControllersAfter = options.Em.FreezeControllersAfter > 0 ? options.Em.FreezeControllersAfter - options.Em.SoftUntil : null,
        },
        SoftFirst = options.Em.SoftUntil > 0 ? Soft(options) : null,
        Expected = options.Expected.ExpectedAfter > 0 ? Expected(options) : null,
        ExpectedAfter = options.Expected.ExpectedAfter,
        ExpectedUntil = options.Expected.ExpectedUntil > 0 ? options.Expected.ExpectedUntil : null,
    };

    private static KeyedEmOptions Keyed(EmSettings em) => new()
    {
        Forgetting = em.KeyForgetting,
        Evidence = em.KeyEvidence,
        ExchangesLogits = em.KeyExchange,
    };

    private static SoftEmOptions Soft(RunOptions options) => new()
    {
        DetachedControllers = options.DetachedControllers,
        From = options.Em.SoftFrom,
        To = options.Em.SoftTo,
        Steps = options.Em.SoftUntil,
    };

    private static ExpectedScoreOptions Expected(RunOptions options) => new()
    {
        Composition = options.Expected.ExpectedComposition,
        DetachedControllers = options.DetachedControllers,
    };

    private static ReinforceOptions Reinforce(RunOptions options) => new()
    {
        Samples = options.Reinforce.RewardSamples,
        ControlVariate = options.Reinforce.ControlVariate,
        Decay = options.Reinforce.ControlVariateDecay,
        DetachedControllers = options.DetachedControllers,
    };

    private static NoisyTopKOptions TopK(RunOptions options) => new()
    {
        MixedModules = options.TopK.MixedModules,
        Shares = options.TopK.MixtureShares,
        ImportanceLoss = options.TopK.ImportanceLoss,
        LoadLoss = options.TopK.LoadLoss,
    };
}
