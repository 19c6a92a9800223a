namespace ModularNetworks.Experiments;

/// <summary>What a comparison's report says beside its answer.</summary>
public static class ComparisonNotes
{
    /// <summary>A sentence on the steps of what the answer says to use; null if they are the usual ones, or it says nothing.</summary>
    /// <param name="report">The report.</param>
    public static string? OnSteps(ComparisonReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return report.Use is null || report.Steps == report.UsualSteps
            ? null
            : FormattableString.Invariant($"This trains as many steps as here; more of them, such as the usual {report.UsualSteps}, may be better.");
    }
}
