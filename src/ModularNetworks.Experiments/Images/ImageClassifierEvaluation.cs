using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>Measures an image classifier as it is used after training.</summary>
/// <param name="classifier">The classifier.</param>
/// <param name="tape">Lends the memory.</param>
/// <param name="rule">How the trained classifier selects its modules.</param>
public sealed class ImageClassifierEvaluation(ImageClassifier classifier, Tape tape, SelectionRule rule)
{
    private const int ImagesAtOnce = 500;

    private readonly ForwardPass _pass = new(tape);

    /// <summary>The share of images whose most probable class is theirs, and the mean log-likelihood in nats.</summary>
    /// <param name="images">The images.</param>
    /// <param name="statistics">Collects the controllers' decisions; null if they are not wanted.</param>
    public (double Accuracy, double LogLikelihood) Measure(ImageTrainingSet images, SelectionStatistics? statistics = null)
    {
        _pass.Observer = statistics;
        var measured = Measure(images, _ => rule);
        _pass.Observer = null;
        return measured;
    }

    /// <summary>Classifies the first image by itself.</summary>
    internal void PredictOne(ImageTrainingSet images)
    {
        tape.Reset(recording: false);
        _pass.Begin(rule, batchSize: 1);
        classifier.Logits(_pass, images.Load([0]).Images);
    }

    /// <summary>Runs the classifier on all images and keeps every selection.</summary>
    /// <param name="images">The images.</param>
    /// <param name="statistics">Collects the controllers' decisions.</param>
    /// <param name="take">Takes the selections of a batch of images, with the images' numbers.</param>
    internal void Look(ImageTrainingSet images, SelectionStatistics statistics, Action<RecordedSelections, int[]> take)
    {
        foreach (int[] datapoints in Enumerable.Range(0, images.Count).Chunk(ImagesAtOnce))
        {
            var selections = new RecordedSelections();
            tape.Reset(recording: false);
            _pass.Begin(rule, datapoints.Length);
            _pass.Observer = new Observers(statistics, selections);
            classifier.Logits(_pass, images.Load(datapoints).Images);
            _pass.Observer = null;
            take(selections, datapoints);
        }
    }

    /// <summary>Accuracy and log-likelihood with the stored compositions, a*, which were found with the labels.</summary>
    /// <param name="images">The images.</param>
    /// <param name="compositions">Holds a* of all images.</param>
    public (double Accuracy, double LogLikelihood) MeasureStored(ImageTrainingSet images, CompositionStore compositions) =>
        Measure(images, datapoints => new GivenSelection(compositions.Load(tape, datapoints)));

    /// <summary>Measures accuracy and log-likelihood, and entropies and use of modules where controllers decide.</summary>
    /// <param name="split">The images' part of the data.</param>
    /// <param name="images">The images.</param>
    public Measurement Measure(string split, ImageTrainingSet images)
    {
        var statistics = rule is FixedSelection ? null : new SelectionStatistics();
        var (accuracy, logLikelihood) = Measure(images, statistics);
        return new Measurement
        {
            Splits = [SplitResult.Of(split, ("accuracy", accuracy), ("logLikelihood", logLikelihood))],
            Selection = statistics is null ? null : SelectionMetrics.Of(statistics, classifier.Layout.Layers),
        };
    }

    private (double Accuracy, double LogLikelihood) Measure(ImageTrainingSet images, Func<int[], SelectionRule> ruleOf)
    {
        ArgumentNullException.ThrowIfNull(images);
        int right = 0;
        double logLikelihood = 0;
        foreach (int[] datapoints in Enumerable.Range(0, images.Count).Chunk(ImagesAtOnce))
        {
            var batch = images.Load(datapoints);
            tape.Reset(recording: false);
            _pass.Begin(ruleOf(datapoints), datapoints.Length);
            var logits = classifier.Logits(_pass, batch.Images);
            var answers = tape.MostProbable(logits).Values;
            for (int row = 0; row < datapoints.Length; row++)
                right += answers[row] == batch.Classes.Values[row] ? 1 : 0;
            logLikelihood += tape.Sum(CategoricalLikelihood.LogLikelihood(_pass, logits, batch.Classes)).ToScalar();
        }
        return ((double)right / images.Count, logLikelihood / images.Count);
    }
}
