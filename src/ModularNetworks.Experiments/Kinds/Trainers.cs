using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>Makes the trainer that a run's options ask for.</summary>
public static class Trainers
{
    /// <summary>Makes a trainer.</summary>
    /// <typeparam name="TBatch">The network's mini-batches.</typeparam>
    /// <param name="options">The method with its options.</param>
    /// <param name="network">The network.</param>
    /// <param name="data">The training set.</param>
    /// <param name="optimizer">Takes the gradient steps.</param>
    /// <param name="tape">Records the operations.</param>
    /// <param name="key">Decides compositions, mini-batches and samples.</param>
    /// <param name="start">
    /// Selects the modules that EM's compositions begin with, and those that the method <c>assigned</c> keeps; null for uniform draws.
    /// </param>
    /// <exception cref="RunException">The method does not fit the network.</exception>
    public static ITrainer Create<TBatch>(
        RunOptions options,
        ModularNetwork<TBatch> network,
        ITrainingSet<TBatch> data,
        Optimizer optimizer,
        Tape tape,
        RandomKey key,
        SelectionRule? start = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.Method switch
        {
            TrainingMethods.Em when options.Expected.ExpectedAfter > 0 => new TwoPhases(
                CreateEm(options, network, data, optimizer, tape, key, start),
                CreateExpected(options, network, data, optimizer, tape, key.Split("expected")),
                options.Expected.ExpectedAfter),
            TrainingMethods.Em => CreateEm(options, network, data, optimizer, tape, key, start),
            TrainingMethods.Expected => CreateExpected(options, network, data, optimizer, tape, key),
            TrainingMethods.Reinforce => new Reinforce<TBatch>(network, data, optimizer, tape, key, Reinforce(options)),
            TrainingMethods.TopK => new NoisyTopK<TBatch>(network, data, optimizer, tape, key, TopK(options)),
            TrainingMethods.Assigned => new FixedModules<TBatch>(network, data, optimizer, tape, key, options.BatchSize, start),
            TrainingMethods.Fixed => new FixedModules<TBatch>(network, data, optimizer, tape, key, options.BatchSize),
            _ => throw new ArgumentException($"Trainers: there is no method {options.Method}."),
        };
    }

    private static ViterbiEm<TBatch> CreateEm<TBatch>(
        RunOptions options,
        ModularNetwork<TBatch> network,
        ITrainingSet<TBatch> data,
        Optimizer optimizer,
        Tape tape,
        RandomKey key,
        SelectionRule? start)
    {
        try
        {
            return new ViterbiEm<TBatch>(network, data, optimizer, tape, key, Em(options), start: start);
        }
        catch (ArgumentException exception) when (options.Em.Candidates != EStepCandidates.Sampled)
        {
            // Which candidates fit is known only where there is a network.
            throw new RunException($"--set candidates={options.Em.Candidates.ToString().ToLowerInvariant()}: {exception.Message}", exception);
        }
        catch (ArgumentException exception) when (options.Em.Key != CompositionKeys.Datapoint)
        {
            throw new RunException($"--set key={options.Em.Key.ToString().ToLowerInvariant()}: {exception.Message}", exception);
        }
    }

    private static ExpectedScore<TBatch> CreateExpected<TBatch>(
        RunOptions options, ModularNetwork<TBatch> network, ITrainingSet<TBatch> data, Optimizer optimizer, Tape tape, RandomKey key)
    {
        var expected = new ExpectedScoreOptions
        {
            BatchSize = options.BatchSize,
            Composition = options.Expected.ExpectedComposition,
            DetachedControllers = options.DetachedControllers,
        };
        try
        {
            return new ExpectedScore<TBatch>(network, data, optimizer, tape, key, expected);
        }
        catch (ArgumentException exception)
        {
            string option = options.Method == TrainingMethods.Em ? "--set expectedAfter" : "--method expected";
            throw new RunException($"{option}: {exception.Message}", exception);
        }
    }

    private static ViterbiEmOptions Em(RunOptions options) => new()
    {
        BatchSize = options.BatchSize,
        Candidates = options.Em.Candidates,
        Samples = options.Em.Samples,
        SharedBatches = options.Em.SharedBatches,
        MStepsPerEStep = options.Em.MStepsPerEStep,
        Keyed = options.Em.Key == CompositionKeys.Datapoint ? null : Keyed(options.Em),
        DetachedControllers = options.DetachedControllers,
    };

    private static KeyedEmOptions Keyed(EmSettings options) => new()
    {
        Forgetting = options.KeyForgetting,
        Evidence = options.KeyEvidence,
        ExchangesLogits = options.KeyExchange,
    };

    private static ReinforceOptions Reinforce(RunOptions options) => new()
    {
        BatchSize = options.BatchSize,
        Samples = options.Reinforce.RewardSamples,
        ControlVariate = options.Reinforce.ControlVariate,
        Decay = options.Reinforce.ControlVariateDecay,
        DetachedControllers = options.DetachedControllers,
    };

    private static NoisyTopKOptions TopK(RunOptions options) => new()
    {
        BatchSize = options.BatchSize,
        MixedModules = options.TopK.MixedModules,
        ImportanceLoss = options.TopK.ImportanceLoss,
        LoadLoss = options.TopK.LoadLoss,
    };
}
