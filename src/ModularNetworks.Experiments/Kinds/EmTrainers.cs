using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>Makes EM, with what trains before and after it, as a run's options ask for.</summary>
/// <typeparam name="TBatch">The network's mini-batches.</typeparam>
/// <param name="options">The run's options.</param>
/// <param name="network">The network.</param>
/// <param name="data">The training set.</param>
/// <param name="optimizer">Takes the gradient steps.</param>
/// <param name="tape">Records the operations.</param>
internal sealed class EmTrainers<TBatch>(
    RunOptions options, ModularNetwork<TBatch> network, ITrainingSet<TBatch> data, Optimizer optimizer, Tape tape)
{
    /// <summary>Makes EM in its phases: soft EM if asked for, EM, expected scores if asked for.</summary>
    /// <param name="key">Decides compositions, mini-batches and samples.</param>
    /// <param name="start">Selects the modules that compositions begin with; null for uniform draws.</param>
    /// <exception cref="RunException">A phase does not fit the network.</exception>
    public ITrainer Create(RandomKey key, SelectionRule? start)
    {
        // What soft EM has learned is in the controllers: a* of all datapoints begins by what they find most probable.
        long softUntil = options.Em.SoftUntil, expectedAfter = options.Expected.ExpectedAfter;
        ITrainer trainer = CreateEm(key, softUntil > 0 ? new ModeSelection() : start);
        if (expectedAfter > 0)
            trainer = new TwoPhases(trainer, CreateExpected(key.Split("expected")), expectedAfter - softUntil);
        return softUntil > 0 ? new TwoPhases(CreateSoft(key.Split("soft")), trainer, softUntil) : trainer;
    }

    /// <summary>Makes training by expected scores.</summary>
    /// <param name="key">Decides mini-batches and samples.</param>
    /// <exception cref="RunException">It does not fit the network.</exception>
    public ITrainer CreateExpected(RandomKey key)
    {
        var expected = new ExpectedScoreOptions
        {
            BatchSize = options.BatchSize,
            Composition = options.Expected.ExpectedComposition,
            DetachedControllers = options.DetachedControllers,
        };
        return Fitting(
            options.Method == TrainingMethods.Em ? "--set expectedAfter" : "--method expected",
            () => new ExpectedScore<TBatch>(network, data, optimizer, tape, key, expected));
    }

    private ITrainer CreateSoft(RandomKey key)
    {
        var soft = new SoftEmOptions
        {
            BatchSize = options.BatchSize,
            DetachedControllers = options.DetachedControllers,
            From = options.Em.SoftFrom,
            To = options.Em.SoftTo,
            Steps = options.Em.SoftUntil,
        };
        return Fitting("--set softUntil", () => new SoftEm<TBatch>(network, data, optimizer, tape, key, soft));
    }

    private ITrainer CreateEm(RandomKey key, SelectionRule? start)
    {
        // Which candidates and keys fit is known only where there is a network.
        string? option = options.Em switch
        {
            { Candidates: not EStepCandidates.Sampled } => $"--set candidates={options.Em.Candidates.ToString().ToLowerInvariant()}",
            { Key: not CompositionKeys.Datapoint } => $"--set key={options.Em.Key.ToString().ToLowerInvariant()}",
            { FreezeControllersAfter: > 0 } => "--set freezeControllersAfter",
            _ => null,
        };
        return Fitting(option, () => new ViterbiEm<TBatch>(network, data, optimizer, tape, key, Em(), start: start));
    }

    /// <summary>Makes a trainer, whose refusal is that of the option that asked for it.</summary>
    private static ITrainer Fitting(string? option, Func<ITrainer> create)
    {
        try
        {
            return create();
        }
        catch (ArgumentException exception) when (option is not null)
        {
            throw new RunException($"{option}: {exception.Message}", exception);
        }
    }

    private ViterbiEmOptions Em() => new()
    {
        BatchSize = options.BatchSize,
        Candidates = options.Em.Candidates,
        Samples = options.Em.Samples,
        SharedBatches = options.Em.SharedBatches,
        MStepsPerEStep = options.Em.MStepsPerEStep,
        Keyed = options.Em.Key == CompositionKeys.Datapoint ? null : Keyed(),
        DetachedControllers = options.DetachedControllers,
        FreezeControllersAfter = options.Em.FreezeControllersAfter > 0 ? options.Em.FreezeControllersAfter - options.Em.SoftUntil : null,
    };

    private KeyedEmOptions Keyed() => new()
    {
        Forgetting = options.Em.KeyForgetting,
        Evidence = options.Em.KeyEvidence,
        ExchangesLogits = options.Em.KeyExchange,
    };
}
