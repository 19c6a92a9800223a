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
        var parts = new TrainingParts<TBatch>(network, data, optimizer, tape, key) { BatchSize = options.BatchSize, Start = start };
        try
        {
            return RunMethods.Of(options, start).CreateTrainer(parts);
        }
        catch (ArgumentException exception) when (RunMethods.OptionFor(options, exception.ParamName) is { } option)
        {
            throw new RunException($"{option}: {(exception.InnerException ?? exception).Message}", exception);
        }
    }
}
