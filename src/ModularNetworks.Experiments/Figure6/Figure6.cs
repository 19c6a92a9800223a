namespace ModularNetworks.Experiments;

/// <summary>The paper's Figure 6: training and test accuracy of image classifiers on CIFAR-10.</summary>
public static class Figure6
{
    /// <summary>The curves.</summary>
    public static IReadOnlyList<Figure6Variant> Variants { get; } =
    [
        new(TrainingMethods.Em, ImageController.Linear),
        new(TrainingMethods.Em, ImageController.Conv),
        new(TrainingMethods.Fixed, ImageController.Linear),
    ];

    /// <summary>The reproduction that trains the runs of a folder and writes the figure.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="disk">Writes to the folder.</param>
    /// <param name="origin">The origin of the numbers, which the figure tells.</param>
    /// <param name="observer">Is told how the reproduction goes on.</param>
    public static Reproduction<Figure6Variant, Figure6Result> Reproduction(
        Figure6Folder folder, IDisk disk, Origin origin, IReproductionObserver<Figure6Variant, Figure6Result> observer)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(origin);
        return new(folder, disk, () => Figure6Report.Read(folder, origin).Write(disk, folder.FullPath), origin.Version, observer);
    }
}
