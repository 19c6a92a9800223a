namespace ModularNetworks;

/// <summary>The kind of controller of an image classifier's convolutional layers (section 3.3).</summary>
public enum ImageController
{
    /// <summary>A linear map of all numbers of the image.</summary>
    Linear,

    /// <summary>Filters, their means over the image, and a linear map of those; overfits less in the paper.</summary>
    Conv,
}
