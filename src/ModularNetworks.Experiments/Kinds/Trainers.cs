using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>Makes the trainer that a run's options ask for.</summary>
internal static class Trainers
{
    public static ITrainer Create<TBatch>(
        RunOptions options,
        ModularNetwork<TBatch> network,
        ITrainingSet<TBatch> data,
        Optimizer optimizer,
        Tape tape,
        RandomKey key)
    {
        return options.Method switch
        {
            RunOptions.Em => CreateEm(options, network, data, optimizer, tape, key),
            RunOptions.Reinforce => new Reinforce<TBatch>(network, data, optimizer, tape, key, Reinforce(options)),
            RunOptions.TopK => new NoisyTopK<TBatch>(network, data, optimizer, tape, key, TopK(options)),
            RunOptions.Fixed => new FixedModules<TBatch>(network, data, optimizer, tape, key, options.BatchSize),
            _ => throw new ArgumentException($"Trainers: there is no method {options.Method}."),
        };
    }

    private static ViterbiEm<TBatch> CreateEm<TBatch>(
        RunOptions options,
        ModularNetwork<TBatch> network,
        ITrainingSet<TBatch> data,
        Optimizer optimizer,
        Tape tape,
        RandomKey key)
    {
        try
        {
            return new ViterbiEm<TBatch>(network, data, optimizer, tape, key, Em(options));
        }
        catch (ArgumentException exception) when (options.Candidates != EStepCandidates.Sampled)
        {
            // Which candidates fit is known only where there is a network.
            throw new RunException($"--set candidates={options.Candidates.ToString().ToLowerInvariant()}: {exception.Message}", exception);
        }
    }

    private static ViterbiEmOptions Em(RunOptions options) => new()
    {
        BatchSize = options.BatchSize,
        Candidates = options.Candidates,
        Samples = options.Samples,
        SharedBatches = options.SharedBatches,
        MStepsPerEStep = options.MStepsPerEStep,
        DetachedControllers = options.DetachedControllers,
    };

    private static ReinforceOptions Reinforce(RunOptions options) => new()
    {
        BatchSize = options.BatchSize,
        Samples = options.RewardSamples,
        ControlVariate = options.ControlVariate,
        Decay = options.ControlVariateDecay,
        DetachedControllers = options.DetachedControllers,
    };

    private static NoisyTopKOptions TopK(RunOptions options) => new()
    {
        BatchSize = options.BatchSize,
        MixedModules = options.MixedModules,
        ImportanceLoss = options.ImportanceLoss,
        LoadLoss = options.LoadLoss,
    };
}
