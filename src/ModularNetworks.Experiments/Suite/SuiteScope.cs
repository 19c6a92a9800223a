using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>The part of a suite that is trained, and how often.</summary>
/// <param name="Tasks">The tasks, whose data are where their options say.</param>
/// <param name="Methods">The methods.</param>
/// <param name="Seeds">The number of final runs of a row.</param>
/// <param name="Trials">The number of settings that are tried; with 1 the base setting is used untried.</param>
/// <param name="Threads">The number of threads of a run; does not change the result.</param>
public sealed record SuiteScope(IReadOnlyList<SuiteTask> Tasks, IReadOnlyList<SuiteMethod> Methods, int Seeds, int Trials, int Threads)
{
    /// <summary>How often a run measures the validation data, evenly over its steps; the last time after the last one.</summary>
    public int MeasurementsOfRun { get; init; } = 4;

    /// <summary>Whether final runs look what each module does on test data.</summary>
    public bool InspectsRuns { get; init; } = true;

    /// <summary>Whether a final run that diverges is a result, as a trial's is, so that the others go on without its row.</summary>
    public bool LosesDivergedRows { get; init; }

    /// <summary>Checks the numbers.</summary>
    /// <exception cref="RunException">There are more trials than a task has settings, or no method applies to any task.</exception>
    internal void Validate()
    {
        foreach (var task in Tasks.Where(task => Trials > task.Settings.Count))
            throw new RunException($"--trials is {Trials}; task {task.Name} has {Counted.Of(task.Settings.Count, "setting")} to try. Give at most as many.");
        if (!Tasks.Any(task => Methods.Any(method => method.AppliesTo(task))))
        {
            throw new RunException(
                $"--methods {string.Join(',', Methods.Select(method => method.Name))}: none applies to the tasks "
                + $"{string.Join(',', Tasks.Select(task => task.Name))}. 'modnet reproduce suite --list' shows which do.");
        }
    }
}
