namespace ModularNetworks;

/// <summary>The loop of a training: gradient steps, measurements, progress, checkpoints and an early stop.</summary>
/// <param name="trainer">Takes the steps.</param>
/// <param name="plan">The number of steps.</param>
/// <param name="options">The other options.</param>
/// <param name="validate">Measures the validation data; null if there are none.</param>
internal sealed class FitLoop(ITrainer trainer, FitPlan plan, FitOptions options, Func<Evaluation>? validate)
{
    private readonly List<FitMeasurement> _measurements = [];
    private readonly BestParameters? _bestParameters = options.Patience is null ? null : new(trainer.Optimizer.Parameters);
    private int _best;
    private double _logLikelihood;
    private long _counted;
    private double? _startLoss;

    /// <summary>The number of parts of a datapoint that the loss is told for, such as the tokens of a window.</summary>
    public int Units { get; init; } = 1;

    /// <summary>What is added to the loss of each datapoint.</summary>
    public double LossOffset { get; init; }

    /// <summary>What progress lines begin with.</summary>
    public string Label { get; init; } = "";

    /// <summary>Keeps checkpoints; null if there are none.</summary>
    public FitCheckpoints? Checkpoints { get; init; }

    private bool IsOutOfPatience => _measurements.Count - 1 - _best >= options.Patience;

    /// <summary>Trains, from the newest checkpoint on if there is one.</summary>
    /// <exception cref="OperationCanceledException">A stop was asked for.</exception>
    /// <exception cref="NonFiniteLossException">The loss or a gradient is not a finite number.</exception>
    /// <exception cref="CheckpointException">The checkpoint is damaged, or of another training.</exception>
    public FitHistory Run()
    {
        if (Checkpoints?.GoOn(trainer, _bestParameters) is { } state)
        {
            _measurements.AddRange(state.Measurements);
            (_best, _logLikelihood, _counted, _startLoss) = (state.Best, state.LogLikelihood, state.Counted, state.StartLoss);
        }
        var rate = new LearningRateSchedule(options.LearningRate, Cooldown: options.Cooldown);
        while (trainer.Steps < plan.Steps && !IsOutOfPatience)
        {
            StopIfAsked();
            trainer.Optimizer.LearningRate = rate.After(trainer.Steps, plan.Steps);
            double logLikelihood = trainer.Step().LogLikelihood;
            _startLoss ??= LossOf(logLikelihood);
            _logLikelihood += logLikelihood;
            _counted++;
            if (plan.IsMeasuredAt(trainer.Steps))
                Measure();
        }
        _bestParameters?.Restore();
        return Told(new FitHistory(_measurements, _bestParameters is null ? _measurements.Count - 1 : _best, trainer.Steps < plan.Steps)
        {
            StartLoss = _startLoss ?? double.NaN,
        });
    }

    private FitHistory Told(FitHistory history)
    {
        if (history.Warning is { } warning)
            options.Progress?.WriteLine(Label + warning);
        return history;
    }

    private double LossOf(double logLikelihood) => (-logLikelihood / Units) + LossOffset;

    private void StopIfAsked()
    {
        if (options.Cancellation.IsCancellationRequested && trainer.Steps > 0)
            WriteCheckpoint();
        options.Cancellation.ThrowIfCancellationRequested();
    }

    private void Measure()
    {
        double loss = LossOf(_logLikelihood / _counted);
        (_logLikelihood, _counted) = (0, 0);
        var measured = new FitMeasurement((double)trainer.Steps / plan.StepsPerEpoch, trainer.Steps, loss, validate?.Invoke());
        _measurements.Add(measured);
        if (_measurements.Count == 1 || measured.Validation?.Loss < _measurements[_best].Validation?.Loss)
            KeepBest();
        options.Progress?.WriteLine(Label + measured);
        WriteCheckpoint();
    }

    private void KeepBest()
    {
        _best = _measurements.Count - 1;
        if (_bestParameters is null)
            return;
        _bestParameters.Keep();
        Checkpoints?.WriteBest(trainer);
    }

    private void WriteCheckpoint() =>
        Checkpoints?.Write(trainer, new FitState(Checkpoints.Training, _measurements, _best, _logLikelihood, _counted, _startLoss));
}
