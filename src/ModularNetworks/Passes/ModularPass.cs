using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// One run of a modular network over a mini-batch. It decides how every layer's modules are selected, and adds up
/// log p(a|x, φ) over the layers (Eq. 2). Networks are written once and run with each kind of pass.
/// </summary>
/// <remarks>
/// A pass is begun anew for every run: with given compositions (M-step), with sampled candidates (E-step), with one sample
/// each (REINFORCE), with mixtures of modules (noisy top-k), with the controller's mode (evaluation), or with the same
/// modules for all (baseline). If there are several candidates, tensors have a row for each: row
/// <c>candidate * batch + n</c>.
/// </remarks>
/// <param name="tape">Records the operations and lends the memory.</param>
public sealed partial class ModularPass(Tape tape)
{
    private readonly List<LayerSelection> _selections = [];
    private IndexTensor? _given;
    private int _nextPick;
    private ulong _dropouts;

    /// <summary>Records the operations and lends the memory.</summary>
    public Tape Tape { get; } = tape ?? throw new ArgumentNullException(nameof(tape));

    /// <summary>The number of datapoints.</summary>
    public int BatchSize { get; private set; }

    /// <summary>How many compositions are tried for each datapoint.</summary>
    public int Candidates { get; private set; }

    /// <summary>The number of rows: datapoints times candidates.</summary>
    public int Rows => BatchSize * Candidates;

    /// <summary>What draws the modules; null if they are given or the most probable ones are taken.</summary>
    public RandomKey? Key { get; private set; }

    /// <summary>Draws the running layer's modules, so that no two layers draw alike; null where <see cref="Key"/> is.</summary>
    public RandomKey? LayerKey => Key?.Split((ulong)_selections.Count);

    /// <summary>Whether every layer uses modules 0 to K - 1 and controllers are not asked.</summary>
    public bool IsFixed { get; private set; }

    /// <summary>
    /// log p(a|x, φ), summed over layers, <c>[rows]</c> in nats; null if nothing was selected by a controller.
    /// </summary>
    public Tensor? LogProbability { get; private set; }

    /// <summary>
    /// Whether the gradient of log p(a|x, φ) stops at what the controllers read, so that it changes φ alone and never the
    /// modules before them. Mixtures are not affected.
    /// </summary>
    public bool DetachesControllers { get; init; }

    /// <summary>What draws the elements that <see cref="Dropout"/> sets to zero; null in all but gradient steps.</summary>
    public RandomKey? DropoutKey { get; set; }

    /// <summary>Told of every controller's distributions; null if nobody listens.</summary>
    public ISelectionObserver? Observer { get; set; }

    /// <summary>
    /// Begins a run in which all compositions are given, such as one that scores candidates found beforehand.
    /// </summary>
    /// <param name="compositions"><c>[candidates * batch, picks]</c>.</param>
    /// <param name="candidates">How many compositions each datapoint has.</param>
    public void BeginGiven(IndexTensor compositions, int candidates = 1)
    {
        ArgumentNullException.ThrowIfNull(compositions);
        ArgumentOutOfRangeException.ThrowIfLessThan(candidates, 1);
        Begin(compositions.Shape[0] / candidates, candidates);
        _given = compositions;
    }

    /// <summary>Begins a run in which every datapoint uses its stored composition, a*: the M-step's.</summary>
    /// <param name="compositions">Holds a* of all datapoints.</param>
    /// <param name="datapoints">The numbers of the datapoints, <c>[batch]</c>.</param>
    public void BeginStored(CompositionStore compositions, ReadOnlySpan<int> datapoints)
    {
        ArgumentNullException.ThrowIfNull(compositions);
        BeginGiven(StoredCompositions.Load(Tape, compositions, datapoints));
    }

    /// <summary>
    /// Begins a run that tries, for every datapoint, a given composition (candidate 0) and samples from the controllers:
    /// the E-step's. Later layers see the path that the samples took before them.
    /// </summary>
    /// <param name="compositions"><c>[batch, picks]</c>.</param>
    /// <param name="samples">S, the number of samples for each datapoint.</param>
    /// <param name="key">Decides the samples.</param>
    public void BeginCandidates(IndexTensor compositions, int samples, RandomKey key)
    {
        ArgumentNullException.ThrowIfNull(compositions);
        ArgumentOutOfRangeException.ThrowIfNegative(samples);
        Begin(compositions.Shape[0], samples + 1);
        _given = compositions;
        Key = key;
    }

    /// <summary>Begins a run in which every datapoint uses one sample from the controllers: REINFORCE's.</summary>
    /// <param name="batchSize">The number of datapoints.</param>
    /// <param name="key">Decides the samples.</param>
    public void BeginSampled(int batchSize, RandomKey key)
    {
        Begin(batchSize, candidates: 1);
        Key = key;
    }

    /// <summary>Begins a run in which every controller takes its most probable modules: evaluation.</summary>
    public void BeginMode(int batchSize) => Begin(batchSize, candidates: 1);

    /// <summary>Begins a run in which every layer uses modules 0 to K - 1 for all datapoints: the non-modular baseline.</summary>
    public void BeginFixed(int batchSize)
    {
        Begin(batchSize, candidates: 1);
        IsFixed = true;
    }

    /// <summary>What a controller reads of a tensor, see <see cref="DetachesControllers"/>.</summary>
    public Tensor ForController(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return DetachesControllers ? Tape.View(input, input.Shape) : input;
    }

    /// <summary>Selects a layer's modules.</summary>
    /// <param name="controller">The layer's controller.</param>
    /// <param name="input">The layer's input, a row a datapoint or a row a candidate.</param>
    /// <returns><c>[rows, K]</c>.</returns>
    public IndexTensor Select(Controller controller, Tensor input)
    {
        ArgumentNullException.ThrowIfNull(controller);
        ArgumentNullException.ThrowIfNull(input);
        RefuseMixture();
        var known = KnownSelection(steps: 1, controller.Picks);
        if (IsFixed)
            return Note(known!, steps: 1);
        var logits = controller.Logits(Tape, ForController(input));
        // Candidates that share an input share its distribution, which is normalised once.
        var distributions = logits.Normalize(Tape).Repeat(logits.Rows == Rows ? 1 : Candidates);
        Observe(logits, steps: 1);
        var selection = IsSettled ? known! : Choose(logits, distributions, known);
        AddLogProbability(Tape.SumLast(distributions.LogProbability(Tape, selection)));
        return Note(selection, steps: 1);
    }

    /// <summary>
    /// The selections that are settled before the layer runs: all of them (<see cref="IsSettled"/>), or candidate 0's; null
    /// if there are none.
    /// </summary>
    /// <param name="steps">The layer's number of time steps.</param>
    /// <param name="picks">K.</param>
    /// <returns><c>[steps * rows, K]</c> or <c>[steps * batch, K]</c>, time-major.</returns>
    public IndexTensor? KnownSelection(int steps, int picks)
    {
        if (_given is null && !IsFixed)
            return null;
        int rows = _given?.Shape[0] ?? BatchSize;
        var known = Tape.RentIndices(new Shape(steps * rows, picks));
        var target = known.Values;
        if (_given is null)
        {
            for (int i = 0; i < target.Length; i++)
                target[i] = i % picks;
            return known;
        }
        int length = _given.Shape[1], next = 0;
        if (_nextPick + (steps * picks) > length)
        {
            throw new ShapeException(
                $"ModularPass: the network selects more than the {length} modules that a composition has. Check that its "
                + "layout names every modular layer in the order in which they run.");
        }
        var given = _given.Values;
        for (int step = 0; step < steps; step++)
        {
            for (int row = 0; row < rows; row++)
            {
                given.Slice((row * length) + _nextPick + (step * picks), picks).CopyTo(target[next..]);
                next += picks;
            }
        }
        return known;
    }

    /// <summary>Notes the running layer's distributions, before its selection.</summary>
    /// <param name="logits">Of <c>[steps * rows]</c>, or <c>[batch]</c> if all candidates share them; time-major.</param>
    /// <param name="steps">The layer's number of time steps.</param>
    public void Observe(SelectionLogits logits, int steps)
    {
        _logits.Add(new LayerLogits(logits, steps, _nextPick));
        Observer?.Observe(_selections.Count, steps, logits.OfAllModules(Tape));
    }

    /// <summary>Notes what a layer selected.</summary>
    /// <param name="selection"><c>[steps * rows, K]</c>, time-major.</param>
    /// <param name="steps">The layer's number of time steps.</param>
    /// <returns>The selection.</returns>
    public IndexTensor Note(IndexTensor selection, int steps)
    {
        ArgumentNullException.ThrowIfNull(selection);
        _selections.Add(new LayerSelection(selection, steps));
        _nextPick += steps * selection.Shape[1];
        return selection;
    }

    /// <summary>Checks, once the network has run, that it used every pick of the given compositions.</summary>
    /// <exception cref="ShapeException">The layout names more layers or steps than the network runs.</exception>
    public void RequireComplete()
    {
        if (_given is not null && _nextPick != _given.Shape[1])
        {
            throw new ShapeException(
                $"ModularPass: the network selected {_nextPick} modules for each datapoint, its compositions have "
                + $"{_given.Shape[1]}. Check that its layout names only the modular layers that run.");
        }
    }

    /// <summary>Adds a layer's log p(a|x, φ).</summary>
    /// <param name="logProbability"><c>[rows]</c>, in nats.</param>
    public void AddLogProbability(Tensor logProbability) =>
        LogProbability = LogProbability is null ? logProbability : Tape.Add(LogProbability, logProbability);

    /// <summary>Drops elements at random in gradient steps, and leaves them as they are in all other runs.</summary>
    /// <param name="x">Any shape.</param>
    /// <param name="rate">The probability that an element is set to zero, at least 0 and below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is not in [0, 1).</exception>
    public Tensor Dropout(Tensor x, double rate) =>
        DropoutKey is { } key ? Tape.Dropout(x, rate, key.Split(_dropouts++)) : x;

    /// <summary>The number of modules that every row has selected so far.</summary>
    internal int PickCount => _nextPick;

    /// <summary>Copies the composition that one row used.</summary>
    /// <param name="row">The row: candidate times batch size plus n.</param>
    /// <param name="picks">Receives the modules of all layers and steps.</param>
    public void CopyComposition(int row, Span<int> picks)
    {
        int next = 0;
        foreach (var (selection, steps) in _selections)
        {
            int perStep = selection.Shape[1];
            for (int step = 0; step < steps; step++)
            {
                selection.Values.Slice(((step * Rows) + row) * perStep, perStep).CopyTo(picks[next..]);
                next += perStep;
            }
        }
    }

    private void Begin(int batchSize, int candidates)
    {
        BatchSize = batchSize;
        Candidates = candidates;
        Key = null;
        DropoutKey = null;
        _dropouts = 0;
        LogProbability = null;
        _given = null;
        IsFixed = false;
        MixedModules = 0;
        _balancing = default;
        BalancingLoss = null;
        _nextPick = 0;
        _selections.Clear();
        _logits.Clear();
    }

    /// <summary>Samples or takes the mode; the first candidate keeps what is known of it.</summary>
    private IndexTensor Choose(SelectionLogits logits, SelectionDistributions distributions, IndexTensor? known)
    {
        if (LayerKey is not { } key)
            return logits.MostProbable(Tape);
        var selection = distributions.Sample(Tape, key);
        known?.Values.CopyTo(selection.Values);
        return selection;
    }

    private readonly record struct LayerSelection(IndexTensor Selection, int Steps);
}
