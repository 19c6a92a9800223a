namespace ModularNetworks.Experiments;

/// <summary>Runs of a method on a task that differ in nothing but their seed: a trial, or the final runs of a row.</summary>
/// <param name="Task">The task.</param>
/// <param name="Method">The method.</param>
/// <param name="Table">The table that the runs are for.</param>
/// <param name="Trial">The number of the trial's setting, from 0; null for final runs.</param>
public sealed record SuiteSeries(SuiteTask Task, SuiteMethod Method, SuiteTable Table, int? Trial) : ISeries
{
    /// <inheritdoc/>
    public string Name => $"{Task.Name}.{Method.Name}"
        + (Table == SuiteTable.Training ? ".longer" : "") + (Trial is { } trial ? $".trial-{trial + 1}" : "");

    /// <inheritdoc/>
    public string Title => Name;

    /// <summary>Whether the runs only help to choose a setting.</summary>
    public bool IsTrial => Trial is not null;

    /// <inheritdoc/>
    public bool Equals(SuiteSeries? other) => other?.Name == Name;

    /// <inheritdoc/>
    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);
}
