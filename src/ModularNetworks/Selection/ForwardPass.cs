using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// One run of a network on a mini-batch: its rows, the <see cref="SelectionRule"/> by which its layers select modules, the
/// <see cref="SelectionTrace"/> of what they selected, and whether it is a run of training or of evaluation.
/// </summary>
/// <example>
/// <code>
/// var pass = new ForwardPass(tape);
/// tape.Reset(recording: false);
/// pass.Begin(new ModeSelection(), batchSize: 128);
/// var logLikelihood = network.LogLikelihood(pass, batch);
/// </code>
/// </example>
public sealed class ForwardPass : BatchRows
{
    private readonly OfOneThread<ForwardRun> _run;

    /// <summary>Prepares runs that use one tape, one after the other.</summary>
    /// <param name="tape">Records the operations and lends the memory.</param>
    public ForwardPass(Tape tape)
        : base(tape)
    {
        _run = new OfOneThread<ForwardRun>(nameof(ForwardPass), () => new ForwardRun(new SelectionTrace(this)));
        if (tape.IsOwned)
            _run.LeaveToOwner();
        Search = new SearchRows(tape);
    }

    /// <summary>Decides how the layers select their modules.</summary>
    /// <exception cref="InvalidOperationException">No run has begun.</exception>
    public SelectionRule Rule => _run.Current.Rule ?? throw new InvalidOperationException(
        "ForwardPass: no run has begun. Call Begin with a selection rule before the network runs.");

    /// <summary>The modules that the layers of this run selected, and how probable the selections are.</summary>
    public SelectionTrace Trace => _run.Current.Trace;

    /// <summary>The rows of searches that run single time steps on this tape before a run begins.</summary>
    public SearchRows Search { get; }

    /// <summary>
    /// Whether this is the run of a gradient step: only then are elements dropped, images augmented, and states kept for the
    /// next mini-batch. E-steps and measurements are evaluation.
    /// </summary>
    public bool IsTraining => _run.Current.IsTraining;

    /// <summary>Draws what a gradient step draws beside modules: dropped elements, augmented images.</summary>
    /// <exception cref="InvalidOperationException">This is not a run of training.</exception>
    public RandomKey TrainingKey => IsTraining ? _run.Current.TrainingKey : throw new InvalidOperationException(
        "ForwardPass: a run of evaluation has no training key. Ask IsTraining first.");

    /// <summary>
    /// Whether the gradient of log p(a|x, φ) stops at the inputs of the controllers, so that it changes φ alone and never the
    /// modules before them. Mixtures are not affected.
    /// </summary>
    public bool DetachesControllers { get; init; }

    /// <summary>Receives the distributions of every controller; null for nobody.</summary>
    public ISelectionObserver? Observer { get; set; }

    /// <summary>Begins a run of evaluation, in which nothing is dropped or augmented: also that of an E-step.</summary>
    /// <param name="rule">Decides how the layers select their modules.</param>
    /// <param name="batchSize">The number of datapoints.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no datapoint: the mini-batch is empty.</exception>
    public void Begin(SelectionRule rule, int batchSize)
    {
        ArgumentNullException.ThrowIfNull(rule);
        SetRows(batchSize, rule.Candidates);
        _run.Begin().Start(rule);
    }

    /// <summary>Begins the run of a gradient step.</summary>
    /// <param name="rule">Decides how the layers select their modules.</param>
    /// <param name="batchSize">The number of datapoints.</param>
    /// <param name="trainingKey">Draws dropped elements and augmented images.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no datapoint: the mini-batch is empty.</exception>
    public void BeginTraining(SelectionRule rule, int batchSize, RandomKey trainingKey)
    {
        Begin(rule, batchSize);
        var run = _run.Current;
        (run.IsTraining, run.TrainingKey) = (true, trainingKey);
    }

    /// <summary>The input of a controller: cut off from the gradient if <see cref="DetachesControllers"/> is set.</summary>
    /// <param name="input">Any shape.</param>
    public Tensor ForController(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return DetachesControllers ? Tape.View(input, input.Shape) : input;
    }

    /// <summary>Sets elements to zero at random in training, and returns the tensor as it is in evaluation.</summary>
    /// <param name="x">Any shape.</param>
    /// <param name="rate">The probability that an element is set to zero, at least 0 and below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is not in [0, 1).</exception>
    public Tensor Dropout(Tensor x, double rate) =>
        IsTraining ? Tape.Dropout(x, rate, TrainingKey.Split(_run.Current.Dropouts++)) : x;

    /// <summary>Checks, once the network has run, that it used every pick of the given compositions.</summary>
    /// <exception cref="ShapeException">The layout names more layers or time steps than the network runs.</exception>
    public void RequireComplete()
    {
        if (Rule.GivenPicks is { } picks && Trace.PickCount != picks)
        {
            throw new ShapeException(
                $"ForwardPass: the network selected {Counted.Of(Trace.PickCount, "module")} for each datapoint, its compositions have "
                + $"{picks}. Check that its layout names only the modular layers that run.");
        }
    }
}
