using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>Training of a network of one's own in one call.</summary>
public static class Fitting
{
    private const long DefaultSteps = 3000;
    private const int DatapointsAtOnce = 256;

    /// <summary>Trains a network, and measures it between epochs. Depends on the network, the data, the options, the key and the instruction set alone.</summary>
    /// <typeparam name="TBatch">What the network takes as a mini-batch.</typeparam>
    /// <param name="network">The network; its parameters go on from what they are.</param>
    /// <param name="data">The training set.</param>
    /// <param name="device">Computes.</param>
    /// <param name="key">Decides compositions, mini-batches, samples, and what is held out.</param>
    /// <param name="options">The options; null for the defaults.</param>
    /// <param name="validation">Data to validate with; null to hold out what the options say.</param>
    /// <param name="start">Selects the modules that the compositions of EM begin with; null for uniform draws.</param>
    /// <returns>What was measured.</returns>
    /// <exception cref="ArgumentException">An option is out of its range, or the method does not fit the network or the data.</exception>
    /// <exception cref="CheckpointException">The checkpoint in the folder is damaged, or of another training; whether data are others is not seen.</exception>
    /// <exception cref="OperationCanceledException">A stop was asked for; the parameters are those of the last step.</exception>
    /// <exception cref="NonFiniteLossException">The loss or a gradient is not a finite number.</exception>
    public static FitHistory Fit<TBatch>(
        this ModularNetwork<TBatch> network,
        ITrainingSet<TBatch> data,
        Device device,
        RandomKey key,
        FitOptions? options = null,
        ITrainingSet<TBatch>? validation = null,
        SelectionRule? start = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(device);
        options ??= new FitOptions();
        options.Validate();
        if (options.Starts > 1)
            throw new ArgumentException($"Fit: {options.Starts} starts are asked for, but this network has begun already. Make {options.Starts} networks, and fit each.");
        if (validation is null)
            (data, validation) = HoldOut(data, options, key);
        var rule = (options.Method ?? TrainingMethod.Em).Rule;
        return Run(
            new FitJob<TBatch>(network, data, device, key) { Start = start },
            options,
            validation is null ? null : () => Measure(network, validation, device.Tape, rule));
    }

    /// <summary>Trains.</summary>
    /// <param name="job">The network, its data, and what trains it.</param>
    /// <param name="options">The options, checked.</param>
    /// <param name="validate">Measures the validation data; null if there are none.</param>
    internal static FitHistory Run<TBatch>(FitJob<TBatch> job, FitOptions options, Func<Evaluation>? validate)
    {
        if (job.Data.Count == 0)
            throw new ArgumentException("Fit: the training set is empty; training needs at least one datapoint.");
        var optimizer = new Adam(job.Network.Parameters, job.Device.Kernels, options.LearningRate, lazy: false);
        var parts = new TrainingParts<TBatch>(job.Network, job.Data, optimizer, job.Device.Tape, job.Key.Split("training"))
        {
            BatchSize = options.BatchSize,
            Start = job.Start,
        };
        var trainer = (options.Method ?? TrainingMethod.Em).CreateTrainer(parts);
        var plan = FitPlan.Of(options, job.Data.Count, job.DefaultSteps ?? DefaultSteps);
        var checkpoints = options.CheckpointFolder is { } folder ? new FitCheckpoints(folder, TrainingOf(job, options, plan)) : null;
        return new FitLoop(trainer, plan, options, validate) { Units = job.Units, LossOffset = job.LossOffset, Label = job.Label, Checkpoints = checkpoints }.Run();
    }

    /// <summary>All that decides a training, in words: a checkpoint of another one is not gone on with.</summary>
    private static string TrainingOf<TBatch>(FitJob<TBatch> job, FitOptions options, FitPlan plan) => FormattableString.Invariant(
        $"{plan.Steps} steps of {options.BatchSize} of {job.Data.Count} datapoints {job.Fingerprint}, rate {options.LearningRate}, cooldown {options.Cooldown}, patience {options.Patience}, method {options.Method}, key {job.Key.Value}, parameters {string.Join(' ', job.Network.Parameters.Select(parameter => $"{parameter.Name}{parameter.Shape}"))}");

    private static (ITrainingSet<TBatch> Train, ITrainingSet<TBatch>? Validation) HoldOut<TBatch>(ITrainingSet<TBatch> data, FitOptions options, RandomKey key)
    {
        if (options.HeldOutShare == 0)
            return (data, null);
        if (data.IsOrdered)
            throw new ArgumentException("Fit: the training set must be gone through in order; none of its datapoints can be held out. Give validation data of their own.");
        var (train, held) = HeldOut.Of(data.Count, options.HeldOutShare, key.Split("validation"));
        return (new Subset<TBatch>(data, train), new Subset<TBatch>(data, held));
    }

    private static Evaluation Measure<TBatch>(ModularNetwork<TBatch> network, ITrainingSet<TBatch> data, Tape tape, SelectionRule rule)
    {
        var pass = new ForwardPass(tape);
        double logLikelihood = 0;
        foreach (int[] datapoints in Enumerable.Range(0, data.Count).Chunk(DatapointsAtOnce))
        {
            tape.Reset(recording: false);
            pass.Begin(rule, datapoints.Length);
            logLikelihood += tape.Sum(network.LogLikelihood(pass, data.Load(datapoints))).ToScalar();
        }
        return new Evaluation(-logLikelihood / data.Count);
    }
}
