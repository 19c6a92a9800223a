using ModularNetworks.Data;

namespace ModularNetworks.Experiments;

/// <summary>Keeps some training images out of the training, to choose settings by.</summary>
internal static class ImageValidation
{
    /// <summary>Takes images out of the training images, at even distances, whatever the run's seed.</summary>
    /// <param name="images">The images.</param>
    /// <param name="count">The number of images to keep out; 0 for none.</param>
    /// <returns>
    /// The images that are left to train on, which also decide the normalisation, and the validation images: those kept out, or the data's own; null if
    /// there are none.
    /// </returns>
    /// <exception cref="RunException">No image would be left to train on, or the data have validation images of their own.</exception>
    public static (ImageSplits Images, LabelledImages? Valid) Split(ImageSplits images, int count)
    {
        if (count == 0)
            return (images, images.Valid);
        if (images.Valid is not null)
        {
            throw new RunException(
                $"--set validImages={count}: the data have {images.Valid.Count} validation images of their own. Leave the option out.");
        }
        if (count >= images.Train.Count)
        {
            throw new RunException(
                $"--set validImages={count}: there are {images.Train.Count} training images, and one at least must be left to train on. "
                + "Give a lower number.");
        }
        int[] kept = InspectionSamples.Spread(images.Train.Count, count);
        int[] rest = [.. Enumerable.Range(0, images.Train.Count).Except(kept)];
        return (new ImageSplits(images.Train.Choose(rest), images.Test), images.Train.Choose(kept));
    }
}
