namespace ModularNetworks.Experiments;

/// <summary>The tasks of the benchmark suite, an entry each.</summary>
public static class SuiteTasks
{
    /// <summary>All tasks, in the order in which they are trained and reported.</summary>
    public static IReadOnlyList<SuiteTask> All { get; } =
    [
        new(
            "optdigits", "small images of handwritten digits; the classes of 1,797 images of other writers", "accuracy", HigherIsBetter: true,
            new OptdigitsOptions { ValidImages = 600 })
        {
            DataSet = OptdigitsOptions.Name,
        },
    ];

    /// <summary>The names of the tasks of <c>--quick</c>.</summary>
    public static IReadOnlyList<string> Quick { get; } = ["optdigits"];
}
