using ModularNetworks.Data;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>An image classifier on a set of labelled images (paper, section 3.3).</summary>
public sealed class ImageClassifierExperiment : Experiment
{
    private const string TrainSplit = "train";
    private const string ValidSplit = "valid";
    private const int SnapshotImages = 500;

    private readonly ImageClassifier _classifier;
    private readonly ImageClassifierEvaluation _evaluation;
    private readonly Tape _tape;
    private readonly ImageTrainingSet _train;
    private readonly ImageTrainingSet? _valid;
    private readonly ImageTrainingSet _test;
    private readonly ImageClassifierOptions _options;
    private readonly LabelledImages _testImages;
    private readonly SnapshotCamera? _camera;
    private readonly string _found;

    /// <summary>Creates the classifier and its trainer.</summary>
    /// <param name="options">The run's options.</param>
    /// <param name="images">The images.</param>
    /// <param name="kernels">Does the arithmetic.</param>
    /// <exception cref="RunException">The images are too small for the convolutions, or too few for some to be kept out.</exception>
    public ImageClassifierExperiment(ImageClassifierOptions options, ImageSplits images, Kernels kernels)
        : base(kernels)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(images);
        var key = RandomKey.FromSeed(options.Seed);
        (_options, _testImages, DataFingerprint) = (options, images.Test, images.Fingerprint);
        _tape = new Tape(kernels);
        (images, var valid) = ImageValidation.Split(images, options.ValidImages);
        _found = $"images: {images.Train.Count} for training{(valid is null ? "" : $", {valid.Count} for validation")}, {images.Test.Count} for the test; "
            + $"{images.Train.Shape}, {Counted.Of(images.Train.Classes.Count, "class", "classes")}";
        _valid = valid is null ? null : new ImageTrainingSet(valid, images.Normalization);
        _train = new ImageTrainingSet(images.Train, images.Normalization);
        _test = new ImageTrainingSet(images.Test, images.Normalization);
        Preprocessing = ImagePreprocessing.Of(images);
        _classifier = Create(options, images.Train, key.Split("network"));
        _evaluation = new ImageClassifierEvaluation(_classifier, _tape, options.CreateRule());
        if (!options.IsFixed)
            _camera = Camera(InspectionSamples.Spread(images.Test.Count, SnapshotImages));
        var optimizer = Optimizers.Create(options.Optimizer, _classifier.Parameters, kernels);
        Trainer = Trainers.Create(options, _classifier, _train, optimizer, _tape, key.Split("training"));
    }

    /// <inheritdoc/>
    public override ITrainer Trainer { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => _classifier.Parameters;

    /// <inheritdoc/>
    public override long? PredictionOperations => _classifier.MultiplyAdds;

    /// <inheritdoc/>
    public override string DataFingerprint { get; }

    /// <inheritdoc/>
    public override Preprocessing Preprocessing { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Splits => _valid is null ? [TrainSplit, TestSplit] : [TrainSplit, ValidSplit, TestSplit];

    /// <inheritdoc/>
    public override IEnumerable<string> Preparations() => [_found];

    /// <inheritdoc/>
    public override Measurement Evaluate(double bestValid)
    {
        var measured = Evaluate(TestSplit);
        var train = SplitResult.Of(TrainSplit, ("accuracy", _evaluation.Measure(_train).Accuracy));
        if (Trainer.Compositions is { } compositions)
            train = train with { Numbers = [.. train.Numbers, ("storedAccuracy", _evaluation.MeasureStored(_train, compositions).Accuracy)] };
        measured = measured.With(train);
        return _valid is null ? measured : measured.With(_evaluation.Measure(ValidSplit, _valid).Splits[0]);
    }

    /// <inheritdoc/>
    public override Measurement Evaluate(string split) => _evaluation.Measure(split, split switch
    {
        TrainSplit => _train,
        ValidSplit when _valid is not null => _valid,
        _ => _test,
    });

    /// <inheritdoc/>
    internal override int PredictOne()
    {
        _evaluation.PredictOne(_valid ?? _test);
        return 1;
    }

    /// <inheritdoc/>
    public override NetworkSnapshot? Snapshot(bool isFirst) => _camera?.Take(isFirst);

    /// <inheritdoc/>
    public override NetworkInspection? Inspect()
    {
        if (_options.IsFixed)
            return null;
        var statistics = new SelectionStatistics();
        var found = new ImageInspection(_testImages);
        _evaluation.Look(_test, statistics, found.Add);
        var inspection = Inspections.Of("test", statistics, _classifier.Layout.Layers, found.Findings());
        if (_options.CreateRule() is ModeSelection)
            inspection = InspectionSamples.AddTo(inspection, _classifier, _tape, Trainer.Compositions, _train, _test);
        return inspection with { Thumbnails = found.Thumbnails() };
    }

    /// <summary>Takes snapshots of some test images.</summary>
    private SnapshotCamera Camera(int[] chosen)
    {
        int[] labels = [.. chosen.Select(image => _testImages.Labels[image])];
        var plan = SnapshotPlan.OfLayers(_classifier.Layout.Layers, _testImages.Classes, labels);
        return new SnapshotCamera(plan, _tape, pass =>
        {
            pass.Begin(_options.CreateRule(), chosen.Length);
            _classifier.Logits(pass, _test.Load(chosen).Images);
        });
    }

    private static ImageClassifier Create(ImageClassifierOptions options, LabelledImages images, RandomKey key)
    {
        try
        {
            var sizes = options.Sizes(images.Shape, images.Classes.Count);
            return new ImageClassifier(sizes, options.CreateRule(), options.Augmentation, key);
        }
        catch (ShapeException exception) when (exception.IsTooLarge)
        {
            throw new RunException(
                $"The sizes ask for a tensor of more than {Shape.MaxCount} numbers. Lower the largest of --modules {options.Modules}, "
                + $"--set hidden={options.Hidden} and filters={options.Filters}.", exception);
        }
        catch (ShapeException exception)
        {
            throw new RunException(
                $"--set convolutions={options.Convolutions}: the images of {images.Shape} are too small for so many layers. Use "
                + $"fewer, or larger images. ({exception.Message})", exception);
        }
    }
}
