namespace ModularNetworks;

/// <summary>
/// Generalized Viterbi EM, alone as in Algorithm 1, or with soft EM before it and expected scores after it.
/// </summary>
public sealed record EmMethod : TrainingMethod
{
    /// <summary>Options of EM.</summary>
    public ViterbiEmOptions Options { get; init; } = new();

    /// <summary>Options of soft EM, which takes the first <see cref="SoftEmOptions.Steps"/> steps; null to begin with EM.</summary>
    public SoftEmOptions? SoftFirst { get; init; }

    /// <summary>Options of expected scores, which train on after <see cref="ExpectedAfter"/> steps; null for EM to the end.</summary>
    public ExpectedScoreOptions? Expected { get; init; }

    /// <summary>The number of gradient steps, those of soft EM included, after which <see cref="Expected"/> scores train on.</summary>
    public long ExpectedAfter { get; init; } = 100;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">
    /// A phase does not fit the network or the data; <see cref="ArgumentException.ParamName"/> is the property that has its options.
    /// </exception>
    public override ITrainer CreateTrainer<TBatch>(TrainingParts<TBatch> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        long softSteps = SoftFirst?.Steps ?? 0;
        // What soft EM has learned is in the controllers: a* of all datapoints begins by what they find most probable.
        var start = SoftFirst is null ? parts.Start : new ModeSelection();
        var em = Phase(nameof(Options), () => new ViterbiEm<TBatch>(
            parts.Network, parts.Data, parts.Optimizer, parts.Tape, parts.Key, Options with { BatchSize = parts.BatchSize }, start: start));
        if (Expected is { } expected)
        {
            var after = Phase(nameof(Expected), () => new ExpectedScoreMethod { Options = expected }.CreateTrainer(parts with { Key = parts.Key.Split("expected") }));
            em = new TwoPhases(em, after, ExpectedAfter - softSteps);
        }
        return SoftFirst is { } soft ? new TwoPhases(Phase(nameof(SoftFirst), () => Soft(soft, parts)), em, softSteps) : em;
    }

    private static SoftEm<TBatch> Soft<TBatch>(SoftEmOptions options, TrainingParts<TBatch> parts) => new(
        parts.Network, parts.Data, parts.Optimizer, parts.Tape, parts.Key.Split("soft"), options with { BatchSize = parts.BatchSize });

    private static ITrainer Phase(string name, Func<ITrainer> create)
    {
        try
        {
            return create();
        }
        catch (ArgumentException exception)
        {
            throw new ArgumentException(exception.Message, name, exception);
        }
    }
}
