namespace ModularNetworks.Engine;

/// <summary>
/// The arguments of a convolution with picked filters: a key stands for several filters, and every row's image is convolved
/// with those of the keys that the row picks.
/// </summary>
/// <param name="Patches">The size of the images, and the window.</param>
/// <param name="Input">
/// <c>[images, channels * height * width]</c>. Row r reads image <c>r % images</c>, so that several rows can share one image.
/// </param>
/// <param name="Groups">The picks of all rows, sorted by key.</param>
/// <param name="Weight"><c>[keys, outputs, patch]</c>, or <c>[outputs, patch]</c> for a single key.</param>
/// <param name="Bias"><c>[keys, outputs]</c>, or <c>[outputs]</c>; null for none.</param>
/// <param name="Rectifies">Whether the output is rectified, <c>max(sum, 0)</c>.</param>
/// <param name="Averages">
/// Whether only the mean of each filter's output over all positions is used further, so that gradients are those of means.
/// </param>
internal readonly record struct ConvolutionArguments(
    ImagePatches Patches,
    Tensor Input,
    RowGroups Groups,
    Tensor Weight,
    Tensor? Bias,
    bool Rectifies = false,
    bool Averages = false)
{
    /// <summary>The number of images.</summary>
    public int Images => Input.Shape[0];

    /// <summary>The picked keys, <c>[rows, K]</c>.</summary>
    public IndexTensor Selection => Groups.Picked;

    /// <summary>The number of rows: a multiple of the number of images.</summary>
    public int Rows => Selection.Shape[0];

    /// <summary>K, the number of keys that a row picks.</summary>
    public int PicksPerRow => Selection.Shape[1];

    /// <summary>The number of filters of a key.</summary>
    public int Outputs => Weight.Shape[-2];

    /// <summary>The number of keys.</summary>
    public int Keys => Weight.Shape.Rank == 2 ? 1 : Weight.Shape[0];

    /// <summary>The numbers of all images.</summary>
    public long InputCount => (long)Images * Patches.Image.Count;

    /// <summary>The numbers that all picked filters give.</summary>
    public long OutputCount => MeansCount * Patches.Positions;

    /// <summary>The number of picked filters.</summary>
    public long MeansCount => (long)Selection.Shape.Count * Outputs;
}
