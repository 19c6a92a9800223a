using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>Counts operations of the networks that options describe, by making them, and finds the width at which they are enough.</summary>
/// <param name="experiments">Makes the networks.</param>
internal sealed class NetworkCounts(ExperimentCatalogue experiments)
{
    private const int MostWidth = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (long Prediction, double Training)> _counts = [];
    private readonly Dictionary<string, long> _predictions = [];

    /// <summary>The counts of the same networks, made in another way, of which some are known.</summary>
    /// <param name="experiments">Makes the networks.</param>
    /// <param name="known">What was counted before.</param>
    public NetworkCounts(ExperimentCatalogue experiments, NetworkCounts known)
        : this(experiments) => (_counts, _predictions) = (new(known._counts), new(known._predictions));

    /// <summary>The multiply-adds of a prediction and of the training.</summary>
    /// <param name="options">The options of a run.</param>
    /// <exception cref="RunException">The experiment does not count its operations.</exception>
    public (long Prediction, double Training) Of(RunOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        lock (_gate)
        {
            string text = OptionsJson.Write(options);
            if (!_counts.TryGetValue(text, out var counts))
                _counts[text] = counts = Count(options);
            return counts;
        }
    }

    /// <summary>The multiply-adds of a prediction, which do not depend on how long and how fast the network is trained.</summary>
    /// <param name="options">The options of a run.</param>
    /// <exception cref="RunException">The experiment does not count its operations.</exception>
    public long Prediction(RunOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        lock (_gate)
        {
            string text = OptionsJson.Write(options with { Steps = 1, Optimizer = new() });
            if (!_predictions.TryGetValue(text, out long count))
                _predictions[text] = count = Of(options).Prediction;
            return count;
        }
    }

    /// <summary>The options with the smallest width, from their own upwards, at which a prediction costs enough.</summary>
    /// <param name="options">The options of a run.</param>
    /// <param name="operations">The multiply-adds of a prediction, at least.</param>
    /// <exception cref="RunException">The options have no width, or none is enough.</exception>
    public RunOptions Widen(RunOptions options, long operations)
    {
        if (options is not IWidthOptions { Width: var width } from)
            throw new RunException($"Networks of the experiment {options.Experiment} have no width, which method dense needs.");
        if (IsEnough(width))
            return from.WithWidth(width);
        int less = width, step = 1;
        for (; !IsEnough(less + step); step *= 2)
        {
            less += step;
            if (less + (2L * step) > MostWidth)
                throw new RunException($"No width up to {MostWidth} gives the network of {options.Experiment} {operations} operations.");
        }
        for (int enough = less + step; enough - less > 1;)
        {
            int middle = (less + enough) / 2;
            (less, enough) = IsEnough(middle) ? (less, middle) : (middle, enough);
            step = enough - less;
        }
        return from.WithWidth(less + 1);

        bool IsEnough(int tried) => Prediction(from.WithWidth(tried)) >= operations;
    }

    private (long Prediction, double Training) Count(RunOptions options)
    {
        using var workers = new WorkerPool(1);
        var experiment = experiments.Create(options, SimdKernels.Create(workers));
        return experiment.PredictionOperations is { } prediction
            ? (prediction, TrainingOperations.Of(options, experiment)!.Value)
            : throw new RunException($"The experiment {options.Experiment} does not count its operations.");
    }
}
