using ModularNetworks.Data;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>Images that a run was not trained on.</summary>
internal static class OtherImageData
{
    /// <summary>Finds the images, which are read when they are measured.</summary>
    /// <param name="run">The run's folder.</param>
    /// <param name="options">The run's options, with the path of the images.</param>
    /// <param name="checkpoint">One of the run's checkpoints.</param>
    /// <param name="kernels">Does the arithmetic.</param>
    /// <param name="cache">The place where decoded pictures are kept; null for none.</param>
    /// <exception cref="DataException">There are no such images.</exception>
    public static OtherData Read(RunFolder run, ImageClassifierOptions options, Checkpoint checkpoint, Kernels kernels, ImageCache? cache)
    {
        var fitted = ImagePreprocessing.Read(run) ?? throw TrainingData.KeptNothing(run);
        var classifier = TrainedImageClassifier.Load(run, fitted.Shape, fitted.Classes.Count, checkpoint);
        var evaluation = new ImageClassifierEvaluation(classifier, new Tape(kernels), options.CreateRule());
        var images = OtherImages.Find(options.Data, fitted.Form, cache);
        return new OtherData(images.Parts, part => (evaluation.Measure(part, new ImageTrainingSet(images.Read(part), fitted.Normalization())), Note: null));
    }
}
