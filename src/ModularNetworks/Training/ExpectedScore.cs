using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// Training in which controllers learn from the exact gradient of Eq. 12, where few compositions let all of them be scored:
/// <code>
/// maximise mean over n of log p(y_n|x_n, a'_n, θ) + sum over a of p(a|x_n, φ) (s_n(a) - mean over a of s_n(a))
/// s_n(a) = log p(y_n|x_n, a, θ), a constant
/// </code>
/// θ learns from one composition a', the most probable one or a sample; φ from the scores of all, without the variance of REINFORCE.
/// </summary>
/// <remarks>
/// In a <see cref="RecurrentNetwork{TBatch}"/> the sum is one over the selections of every time step, with the scores log p(y_t|h_t)
/// of one step from the state that a' has reached: the effect on later steps is not seen. There may be at most 4,096 selections of a
/// step, or compositions of another network.
/// </remarks>
/// <typeparam name="TBatch">What the network takes as a mini-batch.</typeparam>
public sealed class ExpectedScore<TBatch> : GradientTrainer<TBatch>
{
    private readonly RandomKey _sampleKey;
    private readonly ExpectedComposition _composition;
    private readonly AllCompositions _selections;
    private readonly AllRuns<TBatch> _allRuns;
    private readonly ScoredSteps<TBatch>? _steps;
    private readonly SampledSelection _sampled = new(default);
    private readonly ModeSelection _mode = new();
    private readonly GivenSelection _given = new(IndexTensor.Allocate(new Shape(0, 0)));
    private int[] _taken;
    private readonly int[] _picks;

    /// <summary>Prepares training.</summary>
    /// <param name="network">Is trained.</param>
    /// <param name="data">The training set.</param>
    /// <param name="optimizer">Takes the gradient steps, for all parameters of the network.</param>
    /// <param name="tape">Records the operations.</param>
    /// <param name="key">Decides mini-batches and samples.</param>
    /// <param name="options">Sizes and the composition that modules learn from; null for the defaults.</param>
    /// <exception cref="ArgumentException">There are more than 4,096 selections of a time step, or compositions.</exception>
    public ExpectedScore(
        ModularNetwork<TBatch> network,
        ITrainingSet<TBatch> data,
        Optimizer optimizer,
        Tape tape,
        RandomKey key,
        ExpectedScoreOptions? options = null)
        : base(network, data, optimizer, tape, key, (options ??= new ExpectedScoreOptions()).BatchSize, options.DetachedControllers)
    {
        (_sampleKey, _composition) = (key.Split("samples"), options.Composition);
        var recurrent = network as RecurrentNetwork<TBatch>;
        var layout = recurrent is null ? network.Layout : new CompositionLayout(recurrent.Layer with { Steps = 1 });
        _selections = new AllCompositions(layout, "Expected scores, selections");
        _allRuns = new AllRuns<TBatch>(network, _selections);
        _steps = recurrent is null ? null : new ScoredSteps<TBatch>(recurrent, _selections);
        (_taken, _picks) = (SizedArray.Create<int>("Expected scores", BatchSize), SizedArray.Create<int>("Expected scores", layout.Length));
    }

    /// <inheritdoc/>
    public override int? ScoredSelections => _selections.Count;

    /// <inheritdoc/>
    protected override bool CanShare => true;

    /// <inheritdoc/>
    protected override Tensor Loss(ReadOnlySpan<int> datapoints, long step, out StepResult result)
    {
        var batch = Data.Load(datapoints);
        RandomKey? sampleKey = _composition == ExpectedComposition.Sampled ? KeyOf(_sampleKey, step) : null;
        var (logLikelihood, logProbability, expected) = _steps is null
            ? RunLayers(batch, sampleKey, TrainingKey(step))
            : RunSteps(_steps, batch, sampleKey, TrainingKey(step));
        result = new StepResult(logLikelihood.ToScalar(), logProbability.ToScalar());
        return Tape.Scale(Tape.Add(logLikelihood, expected), -1);
    }

    private (Tensor LogLikelihood, Tensor LogProbability, Tensor Expected) RunLayers(TBatch batch, RandomKey? sampleKey, RandomKey trainingKey)
    {
        TakeCompositions(batch, sampleKey);
        Tape.Reset(recording: true);
        var (logLikelihood, logProbability) = _allRuns.Run(Pass, batch, BatchSize, trainingKey);
        var scores = Tape.Rent(logLikelihood.Shape);
        logLikelihood.CopyTo(scores);
        return (MeanOfTaken(logLikelihood), MeanOfTaken(logProbability), Expected(logProbability, scores));
    }

    private (Tensor LogLikelihood, Tensor LogProbability, Tensor Expected) RunSteps(
        ScoredSteps<TBatch> steps, TBatch batch, RandomKey? sampleKey, RandomKey trainingKey)
    {
        steps.Run(Pass.Search, batch, BatchSize, sampleKey);
        Tape.Reset(recording: true);
        var compositions = Tape.RentIndices(new Shape(BatchSize, Network.Layout.Length));
        steps.Compositions.CopyTo(compositions.Values);
        Pass.BeginTraining(_given.Replace(compositions), BatchSize, trainingKey);
        var logLikelihood = Network.LogLikelihood(Pass, batch);
        Pass.RequireComplete();
        var logits = Pass.Trace.LogitsOf(layer: 0);
        var logProbability = logits.Normalize(Tape).Repeat(_selections.Count)
            .LogProbability(Tape, _selections.ForAll(Tape, logits.Rows));
        var scores = Tape.Rent(new Shape(steps.Scores.Length));
        for (int row = 0; row < steps.Scores.Length; row++)
            scores[row] = steps.Scores[row];
        return (
            Tape.Mean(logLikelihood), Tape.Mean(Pass.Trace.RequireLogProbability()), Expected(Tape.SumLast(logProbability), scores));
    }

    /// <summary>Runs the controllers without a gradient to find a', and keeps the row that it has among all compositions.</summary>
    private void TakeCompositions(TBatch batch, RandomKey? sampleKey)
    {
        Tape.Reset(recording: false);
        SelectionRule rule = _mode;
        if (sampleKey is { } key)
        {
            _sampled.Key = key;
            rule = _sampled;
        }
        Pass.Begin(rule, BatchSize);
        Network.LogLikelihood(Pass, batch);
        if (_taken.Length != BatchSize)
            _taken = new int[BatchSize];
        for (int n = 0; n < BatchSize; n++)
        {
            Pass.Trace.CopyComposition(n, _picks);
            _taken[n] = (_selections.IndexOf(_picks) * BatchSize) + n;
        }
    }

    /// <summary>The mean over the datapoints of what their a' has.</summary>
    private Tensor MeanOfTaken(Tensor values)
    {
        var rows = Tape.RentIndices(new Shape(BatchSize));
        _taken.CopyTo(rows.Values);
        return Tape.Mean(Tape.Gather(Tape.Reshape(values, new Shape(values.Shape.Count, 1)), rows));
    }

    /// <summary>The sum over selections of p(a|x, φ) and the scores less their mean, summed over time steps, averaged over datapoints.</summary>
    /// <param name="logProbability">log p(a|x, φ), <c>[selections * rows]</c>.</param>
    /// <param name="scores">The scores, as constants, <c>[selections * rows]</c>; become what they are without their mean.</param>
    private Tensor Expected(Tensor logProbability, Tensor scores)
    {
        int rows = scores.Shape.Count / _selections.Count;
        for (int row = 0; row < rows; row++)
        {
            double sum = 0;
            for (int i = row; i < scores.Shape.Count; i += rows)
                sum += scores[i];
            for (int i = row; i < scores.Shape.Count; i += rows)
                scores[i] -= sum / _selections.Count;
        }
        return Tape.Scale(Tape.Sum(Tape.Multiply(Tape.Exp(logProbability), scores)), 1.0 / BatchSize);
    }
}
