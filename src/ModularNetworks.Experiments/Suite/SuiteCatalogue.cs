namespace ModularNetworks.Experiments;

/// <summary>The tasks and methods that a suite knows.</summary>
/// <param name="Tasks">The tasks; their names differ.</param>
/// <param name="Methods">The methods; their names differ.</param>
public sealed record SuiteCatalogue(IReadOnlyList<SuiteTask> Tasks, IReadOnlyList<SuiteMethod> Methods)
{
    /// <summary>The tasks and methods that come with the library.</summary>
    public static SuiteCatalogue BuiltIn { get; } = new(SuiteTasks.All, SuiteMethods.All)
    {
        QuickTasks = SuiteTasks.Quick,
        QuickMethods = SuiteMethods.Quick,
    };

    /// <summary>The names of the tasks of a quick look.</summary>
    public IReadOnlyList<string> QuickTasks { get; init; } = [];

    /// <summary>The names of the methods of a quick look.</summary>
    public IReadOnlyList<string> QuickMethods { get; init; } = [];

    /// <summary>
    /// The method whose training operations others are given in the table at equal operations of training: the best EM, else the
    /// first variant of EM that applies.
    /// </summary>
    /// <returns>Null if no variant applies to the task.</returns>
    internal SuiteMethod? ReferenceOf(SuiteTask task)
    {
        var variants = Methods.Where(method => method.IsEm && method.AppliesTo(task)).ToList();
        return variants.Find(method => method.Name == TrainingMethods.Em) ?? variants.FirstOrDefault();
    }
}
