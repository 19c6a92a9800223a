namespace ModularNetworks.Experiments;

/// <summary>The question of a comparison: on which data, with which network, and for how long.</summary>
/// <param name="Options">
/// The options of EM that <c>modnet train</c> would take for the data: <see cref="TableOptions"/>, <see cref="PlainTextOptions"/>,
/// <see cref="ImageFolderOptions"/>, or others of a network whose width can be chosen. Their steps are those of a run that is long enough.
/// </param>
/// <param name="BudgetMinutes">The minutes that the comparison may take.</param>
public sealed record ComparisonQuestion(RunOptions Options, double BudgetMinutes)
{
    // Timers count no more than 49 days.
    private const double MostMinutes = 60 * 24 * 40;

    /// <summary>The number of runs at the same time, each on one thread; does not change what a run comes to.</summary>
    public int Jobs { get; init; } = Math.Min(Environment.ProcessorCount, RunOptions.MostThreads);

    /// <summary>The kinds of experiments that are known.</summary>
    public ExperimentCatalogue Experiments { get; init; } = BuiltInExperiments.Catalogue;

    /// <summary>Tells the time.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Checks the options and the budget.</summary>
    /// <exception cref="RunException">One of them cannot be.</exception>
    internal void Validate()
    {
        Options.Validate();
        if (!(BudgetMinutes > 0 && BudgetMinutes <= MostMinutes))
            throw new RunException(FormattableString.Invariant($"--budget is {BudgetMinutes}; it must be a number of minutes above 0, at most {MostMinutes}."));
        if (Options.Method != TrainingMethods.Em)
            throw new RunException($"--set method={Options.Method}: compare trains all methods, and begins with the options of em. Leave it out.");
        if (Options.Modules < 2)
            throw new RunException($"--modules is {Options.Modules}; with one module there is nothing to compare. Give 2 or more.");
        if (Jobs is < 1 or > RunOptions.MostThreads)
            throw new RunException($"--threads is {Jobs}; it must be from 1 to {RunOptions.MostThreads}.");
    }
}
