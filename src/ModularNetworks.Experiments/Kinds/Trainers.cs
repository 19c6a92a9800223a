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
        var em = new EmTrainers<TBatch>(options, network, data, optimizer, tape);
        return options.Method switch
        {
            TrainingMethods.Em => em.Create(key, start),
            TrainingMethods.Expected => em.CreateExpected(key),
            TrainingMethods.Reinforce => new Reinforce<TBatch>(network, data, optimizer, tape, key, Reinforce(options)),
            TrainingMethods.TopK => new NoisyTopK<TBatch>(network, data, optimizer, tape, key, TopK(options)),
            TrainingMethods.Assigned => new FixedModules<TBatch>(network, data, optimizer, tape, key, options.BatchSize, start),
            TrainingMethods.Fixed => new FixedModules<TBatch>(network, data, optimizer, tape, key, options.BatchSize),
            _ => throw new ArgumentException($"Trainers: there is no method {options.Method}."),
        };
    }

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
