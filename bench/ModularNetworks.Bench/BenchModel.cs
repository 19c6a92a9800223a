namespace ModularNetworks.Bench;

/// <summary>The models whose steps are timed, at the paper's sizes.</summary>
internal enum BenchModel
{
    /// <summary>The language model.</summary>
    Text,

    /// <summary>The image classifier with linear controllers.</summary>
    ImagesLinear,

    /// <summary>The image classifier with convolutional controllers.</summary>
    ImagesConv,
}
