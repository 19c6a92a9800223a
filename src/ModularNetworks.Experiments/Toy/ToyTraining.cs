using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>A toy network with the trainer that its options ask for.</summary>
internal sealed class ToyTraining
{
    private ToyTraining(ToyNetwork network, ITrainer trainer)
    {
        Network = network;
        Trainer = trainer;
    }

    public ToyNetwork Network { get; }

    public ITrainer Trainer { get; }

    /// <summary>Creates a network with random weights.</summary>
    /// <param name="options">Sizes and method.</param>
    /// <param name="data">The training set.</param>
    /// <param name="tape">Records the operations.</param>
    /// <param name="key">Decides weights, compositions, mini-batches and samples.</param>
    public static ToyTraining Create(ToyOptions options, ToyTrainingSet data, Tape tape, RandomKey key)
    {
        var noise = GaussianLikelihood.Fixed(options.NoiseVariance);
        var network = new ToyNetwork(options.Modules, options.Picks, options.CreateRule(), noise, key.Split("network"));
        var optimizer = Optimizers.Create(options.Optimizer, network.Parameters, tape.Kernels);
        return new ToyTraining(network, Trainers.Create(options, network, data, optimizer, tape, key.Split("training")));
    }

    /// <summary>
    /// Tries some random starts and creates the best once more. EM can commit to a poor solution in its first steps
    /// (module collapse); the training bound tells such a start from a good one, without a look at held-out data.
    /// </summary>
    /// <exception cref="NonFiniteLossException">A start diverged.</exception>
    public static ToyTraining CreateBestStart(
        ToyOptions options, ToyTrainingSet data, Tape tape, RandomKey key, out IReadOnlyList<double> bounds)
    {
        int starts = options.Method == TrainingMethods.Em ? options.Starts : 1;
        bounds = [.. Enumerable.Range(0, starts).Select(start => starts == 1 ? 0 : Bound(start))];
        int best = 0;
        for (int start = 1; start < starts; start++)
        {
            if (bounds[start] > bounds[best])
                best = start;
        }
        return Create(options, data, tape, key.Split((ulong)best));

        double Bound(int start)
        {
            var trial = Create(options, data, tape, key.Split((ulong)start)).Trainer;
            try
            {
                return MeanBound(trial, options.TrialSteps);
            }
            catch (NonFiniteLossException exception)
            {
                throw Divergence.OfStep(exception, Divergence.NoCheckpoint);
            }
        }
    }

    /// <summary>The mean over the last fifth of the steps of log p(y, a*|x), in nats per datapoint.</summary>
    private static double MeanBound(ITrainer trainer, long steps)
    {
        long counted = Math.Max(1, steps / 5);
        double sum = 0;
        for (long step = 0; step < steps; step++)
        {
            var result = trainer.Step();
            if (step >= steps - counted)
                sum += result.LogLikelihood + result.SelectionLogProbability;
        }
        return sum / counted;
    }
}
