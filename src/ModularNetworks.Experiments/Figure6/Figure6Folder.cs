using ModularNetworks.Data;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>A folder with the run folders of the figure, one for every variant and seed.</summary>
/// <param name="path">The folder.</param>
/// <param name="shared">The options that all runs have in common.</param>
/// <param name="images">The images.</param>
public sealed class Figure6Folder(string path, Cifar10Options shared, ImageSplits images)
    : ReproductionFolder<Figure6Variant, Figure6Result>(path, Figure6.Variants, new ExperimentCatalogue(ImageExperiments.Cifar10))
{
    /// <summary>The number of gradient steps that go through all training images once.</summary>
    public int StepsPerEpoch { get; } = Math.Max(1, images.Train.Count / shared.BatchSize);

    /// <inheritdoc/>
    public override RunOptions OptionsOf(SeedRun<Figure6Variant> run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return run.Series.Options(shared) with { Seed = run.Seed };
    }

    /// <inheritdoc/>
    public override Experiment Create(SeedRun<Figure6Variant> run, RunOptions options, Kernels kernels) =>
        new ImageClassifierExperiment((Cifar10Options)options, images, kernels);

    /// <inheritdoc/>
    protected override Figure6Result Read(SeedRun<Figure6Variant> run, RunFolder folder, RunSummary summary)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(folder);
        return Figure6Result.Read(run.Name, summary, folder.Metrics.Read());
    }
}
