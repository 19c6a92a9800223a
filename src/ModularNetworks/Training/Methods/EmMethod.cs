namespace ModularNetworks;

/// <summary>
/// Generalized Viterbi EM, alone as in Algorithm 1, or with soft EM before it and expected scores after it, which may end with EM again.
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

    /// <summary>
    /// The number of gradient steps after which EM trains again, where expected scores have left controllers undecided; null for expected
    /// scores to the end.
    /// </summary>
    /// <remarks>Then a* of every datapoint begins anew, by what the controllers find most probable.</remarks>
    public long? ExpectedUntil { get; init; }

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
        var em = Phase(nameof(Options), () => Viterbi(parts, start));
        if (Expected is { } expected)
            em = WithExpected(em, expected, parts, softSteps);
        return SoftFirst is { } soft ? new TwoPhases(Phase(nameof(SoftFirst), () => Soft(soft, parts)), em, softSteps) : em;
    }

    private TwoPhases WithExpected<TBatch>(ITrainer em, ExpectedScoreOptions expected, TrainingParts<TBatch> parts, long softSteps)
    {
        var after = Phase(nameof(Expected), () => ExpectedUntil <= ExpectedAfter
            ? throw new ArgumentException($"EmMethod: {nameof(ExpectedUntil)} is {ExpectedUntil}; it must be above {nameof(ExpectedAfter)}, {ExpectedAfter}.")
            : new ExpectedScoreMethod { Options = expected }.CreateTrainer(parts with { Key = parts.Key.Split("expected") }));
        var both = new TwoPhases(em, after, ExpectedAfter - softSteps);
        return ExpectedUntil is { } until
            ? new TwoPhases(both, Phase(nameof(Options), () => Viterbi(parts with { Key = parts.Key.Split("decided") }, new ModeSelection(), em.Compositions)), until - softSteps)
            : both;
    }

    private ViterbiEm<TBatch> Viterbi<TBatch>(TrainingParts<TBatch> parts, SelectionRule? start, CompositionStore? compositions = null) => new(
        parts.Network, parts.Data, parts.Optimizer, parts.Tape, parts.Key, Options with { BatchSize = parts.BatchSize }, candidates: null, start, compositions);

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
