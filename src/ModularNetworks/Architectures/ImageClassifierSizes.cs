using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>The sizes of an image classifier's parts. The defaults are the paper's (appendix D).</summary>
public sealed record ImageClassifierSizes
{
    /// <summary>The size of the images.</summary>
    public required ImageShape Image { get; init; }

    /// <summary>The number of classes.</summary>
    public required int Classes { get; init; }

    /// <summary>M, the number of modules of every layer.</summary>
    public int Modules { get; init; } = 10;

    /// <summary>K, the number of modules that every layer uses at once.</summary>
    public int Picks { get; init; } = 2;

    /// <summary>Which modules are related; none in the paper.</summary>
    public ModuleFamilies Families { get; init; }

    /// <summary>The number of modular convolutional layers, each with windows of 3x3 and stride 2.</summary>
    public int Convolutions { get; init; } = 3;

    /// <summary>The number of filters of a convolutional module.</summary>
    public int Filters { get; init; } = 1;

    /// <summary>The number of units of a module in the fully connected layer before the last.</summary>
    public int Hidden { get; init; } = 48;

    /// <summary>The kind of controller of the convolutional layers.</summary>
    public ImageController Controller { get; init; }

    /// <summary>The number of filters of a convolutional controller.</summary>
    public int ControllerFilters { get; init; } = 20;
}
