using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>The image classifiers that runs have trained.</summary>
public static class TrainedImageClassifier
{
    /// <summary>Loads the classifier that a run has trained.</summary>
    /// <param name="run">The run's folder; its newest checkpoint is read.</param>
    /// <param name="image">The size of the images that it was trained on.</param>
    /// <param name="classes">The number of their classes.</param>
    /// <exception cref="RunException">The run is of another experiment, or its options are damaged.</exception>
    /// <exception cref="ShapeException">The images are too small for the convolutions.</exception>
    /// <exception cref="CheckpointException">There is no checkpoint, or it is damaged or of other images.</exception>
    public static ImageClassifier Load(RunFolder run, ImageShape image, int classes)
    {
        ArgumentNullException.ThrowIfNull(run);
        return Load(run, image, classes, run.Checkpoint);
    }

    /// <summary>As the public method, from one of the run's checkpoints.</summary>
    internal static ImageClassifier Load(RunFolder run, ImageShape image, int classes, Checkpoint checkpoint)
    {
        var options = run.ReadOptions<ImageClassifierOptions>(ImageExperiments.Kinds, ImageExperiments.NotARun);
        var classifier = new ImageClassifier(
            options.Sizes(image, classes), options.CreateRule(), options.Augmentation,
            RandomKey.FromSeed(options.Seed).Split("network"));
        checkpoint.ReadParameters(classifier.Parameters);
        return classifier;
    }
}
