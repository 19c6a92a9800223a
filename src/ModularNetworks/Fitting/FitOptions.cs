namespace ModularNetworks;

/// <summary>How a network is fitted. The defaults are those that did best for perceptrons on tables, digits and rules.</summary>
public sealed record FitOptions
{
    /// <summary>
    /// How often training goes through the data; null for as often as <see cref="Steps"/> asks for. An epoch is as many mini-batches as the
    /// data fill.
    /// </summary>
    public int? Epochs { get; init; }

    /// <summary>The number of gradient steps, instead of <see cref="Epochs"/>; null with no epochs for 3,000, or 4,000 of a language model.</summary>
    public long? Steps { get; init; }

    /// <summary>The number of datapoints in a mini-batch; all datapoints if there are fewer.</summary>
    public int BatchSize { get; init; } = 128;

    /// <summary>Adam's step size.</summary>
    public double LearningRate { get; init; } = 3e-3;

    /// <summary>The share of the gradient steps, the last ones, over which the step size falls to zero, from 0 to 1.</summary>
    public double Cooldown { get; init; } = 0.4;

    /// <summary>
    /// The method of training; null for EM, which in the estimators is followed by expected scores after 100 steps where all selections can be
    /// scored.
    /// </summary>
    public TrainingMethod? Method { get; init; }

    /// <summary>The number of trainings from other random numbers, of which the one with the least loss on the validation data is kept. For estimators.</summary>
    public int Starts { get; init; } = 1;

    /// <summary>
    /// The share of the data that is held out to validate with, unless validation data are given; null for a tenth if <see cref="Patience"/> or
    /// <see cref="Starts"/> ask for it, and else for none.
    /// </summary>
    public double? ValidationShare { get; init; }

    /// <summary>
    /// After how many measurements without a lower loss on the validation data training stops; the parameters of the best measurement are then
    /// put back. Null to train to the end and keep the last ones. See <see cref="FitHistory.Measurements"/>.
    /// </summary>
    public int? Patience { get; init; }

    /// <summary>Receives a line for each measurement, such as <c>Console.Out</c>; null for nobody.</summary>
    public TextWriter? Progress { get; init; }

    /// <summary>
    /// A folder for checkpoints, which are written after each measurement and at a stop; null for none. A training with the same options, network and
    /// data goes on from the newest one, and ends with the same bits as one that was not interrupted. Each training needs a folder of its own.
    /// </summary>
    public string? CheckpointFolder { get; init; }

    /// <summary>Asks for a stop after the running gradient step, which then throws <see cref="OperationCanceledException"/>.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>Whether something has to be decided by validation data.</summary>
    internal bool NeedsValidation => Patience is not null || Starts > 1;

    /// <summary>The share that is held out where no validation data are given.</summary>
    internal double HeldOutShare => ValidationShare ?? (NeedsValidation ? 0.1 : 0);

    /// <summary>Checks the options.</summary>
    /// <exception cref="ArgumentException">One is out of its range.</exception>
    internal void Validate()
    {
        Require(Epochs is null or >= 1, nameof(Epochs), Epochs, "at least 1");
        Require(Steps is null or >= 1, nameof(Steps), Steps, "at least 1");
        Require(Epochs is null || Steps is null, nameof(Steps), Steps, "left out where Epochs is given");
        Require(BatchSize >= 1, nameof(BatchSize), BatchSize, "at least 1");
        Require(LearningRate > 0 && double.IsFinite(LearningRate), nameof(LearningRate), LearningRate, "a number above 0");
        Require(Cooldown is >= 0 and <= 1, nameof(Cooldown), Cooldown, "from 0 to 1");
        Require(Starts is >= 1 and <= 1000, nameof(Starts), Starts, "from 1 to 1000");
        Require(ValidationShare is null or (>= 0 and < 1), nameof(ValidationShare), ValidationShare, "at least 0 and below 1");
        Require(Patience is null or >= 1, nameof(Patience), Patience, "at least 1");
    }

    private static void Require(bool isMet, string name, object? value, string rule)
    {
        if (!isMet)
            throw new ArgumentException(FormattableString.Invariant($"FitOptions: {name} is {value}; it must be {rule}."));
    }
}
