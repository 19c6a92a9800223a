namespace ModularNetworks.Data;

/// <summary>The small labelled images of which problems with several rules are made.</summary>
public static class DigitImages
{
    /// <summary>Reads optdigits, 1x8x8, or Fashion-MNIST, halved to 1x14x14, whichever lies at a place.</summary>
    /// <param name="location">A folder, or an archive of optdigits.</param>
    /// <exception cref="DataException">There is neither, or a file cannot be read.</exception>
    public static ImageSplits Load(string location) =>
        File.Exists(Path.Join(location, FashionMnist.TrainImages)) ? HalvedImages.Of(FashionMnist.Load(location)) : Optdigits.Load(location);
}
