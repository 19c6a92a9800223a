using ModularNetworks.Data;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>The language model on a text (paper, section 3.2).</summary>
public sealed class LanguageModelExperiment : Experiment
{
    private const string ValidSplit = "valid";

    private readonly TextCorpus _corpus;
    private readonly LanguageModelOptions _options;
    private readonly LanguageModel _model;
    private readonly LanguageModelEvaluation _evaluation;
    private readonly Tape _tape;
    private readonly SelectionRule _rule;
    private readonly ITrainingSet<TextBatch> _train;
    private readonly SnapshotCamera? _camera;
    private readonly WindowedText? _validWindows;
    private readonly WindowedText? _testWindows;

    /// <summary>Creates the model and its trainer.</summary>
    /// <param name="options">The run's options.</param>
    /// <param name="corpus">The text.</param>
    /// <param name="kernels">Does the arithmetic.</param>
    /// <exception cref="DataException">A text is shorter than a window.</exception>
    public LanguageModelExperiment(LanguageModelOptions options, TextCorpus corpus, Kernels kernels)
        : base(kernels)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(corpus);
        options.RequireKeys(corpus.Vocabulary.Count, corpus.Encoding.UnitName);
        var key = RandomKey.FromSeed(options.Seed);
        _options = options;
        (_corpus, DataFingerprint) = (corpus, corpus.Fingerprint);
        _tape = new Tape(kernels);
        var assignment = WordAssignment.Of(options, corpus.Vocabulary.Count);
        _rule = options.CreateRule(assignment is null ? [] : [assignment]);
        _model = new LanguageModel(options.Sizes, corpus.Vocabulary.Count, _rule, key.Split("network"));
        if (assignment is not null && options.Em.StartProbability > 0 && _model.Unit.Chooser.LinearPart is { Table: not null } controller)
            controller.Follow(assignment, options.Em.StartProbability);
        _evaluation = new LanguageModelEvaluation(_model, _tape, _rule);
        if (!options.IsFixed)
        {
            // Made now, so that a text which is too short is told before the training and not after.
            _validWindows = Cut(TextIds.Of(corpus.Valid), "validation");
            _testWindows = Cut(TextIds.Of(corpus.Test), "test");
            _camera = TextSnapshots.Camera(_model, _tape, _rule, _validWindows, new ReadableText(corpus));
        }
        _train = options.TrainingState == WindowState.Zero
            ? new TextTrainingSet(Cut(corpus.Train, "training"))
            : new TextStreams(corpus.Train, options.Window, options.BatchSize, options.Hidden, corpus.Encoding.UnitName);
        options.RequireStore(_train.Count, corpus.Vocabulary.Count, corpus.Encoding.UnitName);
        var optimizer = Optimizers.Create(options.Optimizer, _model.Parameters, kernels);
        Trainer = Trainers.Create(options, _model, _train, optimizer, _tape, key.Split("training"), StartRule(options, assignment));
    }

    /// <inheritdoc/>
    public override ITrainer Trainer { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => _model.Parameters;

    /// <inheritdoc/>
    public override int UnitsPerDatapoint => _options.Window;

    /// <inheritdoc/>
    public override long? PredictionOperations => _model.MultiplyAdds;

    /// <summary>The perplexity of the validation or the test text, every word scored once.</summary>
    /// <param name="words">The text.</param>
    public double Perplexity(ReadOnlyMemory<int> words) => _evaluation.PerplexityBy(words.Span, _corpus.Encoding.Start, _options);

    /// <inheritdoc/>
    public override string DataFingerprint { get; }

    /// <inheritdoc/>
    public override Preprocessing? Preprocessing => TextPreprocessing.Of(_corpus.Encoding);

    /// <inheritdoc/>
    public override IEnumerable<string> Preparations() => TextNotes.Of(_corpus);

    /// <inheritdoc/>
    public override IReadOnlyList<string> Splits => [ValidSplit, TestSplit];

    /// <inheritdoc/>
    public override Measurement Evaluate(double bestValid)
    {
        var measured = Evaluate(ValidSplit);
        return measured.Of(ValidSplit)!["perplexity"] < bestValid ? Complete(measured) : measured;
    }

    /// <inheritdoc/>
    public override Measurement Evaluate(string split) =>
        _evaluation.Measure(split, split == ValidSplit ? _corpus.Valid : _corpus.Test, _corpus.Encoding.Start, _options, CharactersOf(split));

    /// <inheritdoc/>
    internal override int PredictOne()
    {
        int words = Math.Min(_options.Window, _corpus.Valid.Length);
        _evaluation.PredictAlone(_corpus.Valid.Span[..words], _corpus.Encoding.Start);
        return words;
    }

    /// <inheritdoc/>
    public override Measurement Complete(Measurement measured)
    {
        ArgumentNullException.ThrowIfNull(measured);
        return measured.Of(TestSplit) is null ? measured.With(new SplitResult(TestSplit, [.. TestNumbers()])) : measured;
    }

    /// <inheritdoc/>
    public override NetworkSnapshot? Snapshot(bool isFirst) => _camera?.Take(isFirst);

    /// <inheritdoc/>
    public override NetworkInspection? Inspect()
    {
        if (_testWindows is null)
            return null;
        var statistics = new SelectionStatistics();
        var text = new TextInspection(
            _corpus.Test, new ReadableText(_corpus), _options.Window, _testWindows.Count, (_options.Modules, _options.Picks));
        _evaluation.Read(_testWindows, statistics, text.Add);
        var inspection = Inspections.Of("test", statistics, _model.Layout.Layers, [text.Findings()]);
        return _rule is not ModeSelection ? inspection : InspectionSamples.AddTo(
            inspection, _model, _tape, Trainer.Compositions, _train, new TextTrainingSet(_testWindows));
    }

    private static SelectionRule? StartRule(LanguageModelOptions options, ModuleAssignment? assignment) => options.Em.Start switch
    {
        CompositionStarts.Input => new AssignedSelection(assignment!),
        CompositionStarts.Mode => new ModeSelection(),
        _ => null,
    };

    private WindowedText Cut(TextIds words, string name)
    {
        if (words.Length <= _options.Window)
        {
            throw new DataException(
                $"{_options.Data}: the {name} text has {Counted.Of(words.Length, _corpus.Encoding.UnitName)}; a window of {_options.Window} and the {_corpus.Encoding.UnitName} after it "
                + $"need {_options.Window + 1}. Use a longer text, or shorter windows with --set window=...");
        }
        return new WindowedText(words, 0, words.Length, _options.Window);
    }

    private long? CharactersOf(string split) => split == ValidSplit ? _corpus.Characters?.Valid : _corpus.Characters?.Test;

    private IEnumerable<(string Name, double? Value)> TestNumbers()
    {
        foreach (var number in _evaluation.Numbers(_corpus.Test.Span, _corpus.Encoding.Start, _options, CharactersOf(TestSplit)))
            yield return number;
        if (_options.EvaluationState == WindowState.Carried)
            yield break;
        // A state that training never carries may grow without bound over a stream.
        double stream = _evaluation.Perplexity(_corpus.Test.Span, _corpus.Encoding.Start);
        yield return ("streamPerplexity", double.IsFinite(stream) ? stream : null);
    }
}
