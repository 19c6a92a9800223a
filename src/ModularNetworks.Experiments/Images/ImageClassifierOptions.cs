using ModularNetworks.Data;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>Options of an image classifier (paper, section 3.3 and appendix D).</summary>
public abstract record ImageClassifierOptions : DataRunOptions, IWidthOptions
{
    /// <summary>Creates the paper's sizes.</summary>
    protected ImageClassifierOptions()
    {
        Modules = 10;
        Picks = 2;
        TopK = new() { MixedModules = 2 };
        DetachedControllers = true;
        Steps = 20_000;
        BatchSize = 128;
        Optimizer = new() { LearningRate = 1e-3 };
        Intervals = new() { LogEvery = 100, EvaluateEvery = 1000, CheckpointEvery = 1000 };
        Threads = 1;
    }

    /// <summary>The kind of controller of the convolutional layers.</summary>
    public ImageController Controller { get; init; }

    /// <summary>The number of filters of a convolutional controller.</summary>
    public int ControllerFilters { get; init; } = 20;

    /// <summary>The number of modular convolutional layers, each of which halves the image.</summary>
    public int Convolutions { get; init; } = 3;

    /// <summary>The number of filters of a convolutional module.</summary>
    public int Filters { get; init; } = 1;

    /// <summary>The number of units of a module in the fully connected layer before the last.</summary>
    public int Hidden { get; init; } = 48;

    /// <summary>By how many pixels at most gradient steps move an image, in each direction; 0 for none.</summary>
    public int Shift { get; init; }

    /// <summary>Whether gradient steps mirror every other image, at random.</summary>
    public bool Mirror { get; init; }

    /// <summary>
    /// The number of training images that are kept out of the training to choose settings by, at even distances; 0 for none.
    /// </summary>
    public int ValidImages { get; init; }

    /// <inheritdoc/>
    int IWidthOptions.Width => Hidden;

    /// <inheritdoc/>
    RunOptions IWidthOptions.WithWidth(int width) => this with { Hidden = width };

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        Require(Convolutions is >= 0 and <= 10, "convolutions", Convolutions, "from 0 to 10");
        Require(Filters is >= 1 and <= 1000, "filters", Filters, "from 1 to 1000");
        Require(ControllerFilters is >= 1 and <= 1000, "controllerFilters", ControllerFilters, "from 1 to 1000");
        Require(Hidden is >= 1 and <= 10_000, "hidden", Hidden, "from 1 to 10000");
        RequireAtLeastZero("validImages", ValidImages);
        Require(Shift is >= 0 and <= 100, "shift", Shift, "from 0 to 100");
    }

    /// <summary>Reads the images.</summary>
    /// <param name="cache">The place where decoded pictures are kept; null for none.</param>
    /// <param name="progress">Is told how the reading goes on, and ends it; null if nobody is.</param>
    /// <exception cref="DataException">The images are missing or damaged.</exception>
    public abstract ImageSplits Load(ImageCache? cache = null, DataProgress? progress = null);

    /// <summary>The changes that gradient steps make to the images.</summary>
    internal ImageAugmentation Augmentation => new(Shift, Mirror);

    /// <summary>The classifier's sizes.</summary>
    internal ImageClassifierSizes Sizes(ImageShape image, int classes) => new()
    {
        Image = image,
        Classes = classes,
        Modules = Modules,
        Picks = PicksOfMethod,
        Families = RelatedModules,
        Convolutions = Convolutions,
        Filters = Filters,
        Hidden = Hidden,
        Controller = Controller,
        ControllerFilters = ControllerFilters,
    };
}
