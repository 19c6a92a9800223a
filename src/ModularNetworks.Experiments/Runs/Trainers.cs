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
        if (options.IsFixed)
            return new FixedModules<TBatch>(network, data, optimizer, tape, key, options.BatchSize);
        var em = new ViterbiEmOptions
        {
            BatchSize = options.BatchSize,
            Samples = options.Samples,
            MStepsPerEStep = options.MStepsPerEStep,
        };
        return new ViterbiEm<TBatch>(network, data, optimizer, tape, key, em);
    }
}
