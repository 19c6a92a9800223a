using System.Globalization;
using System.Text.Json;
using ModularNetworks.Experiments;

namespace ModularNetworks.Reporting;

/// <summary>The lines that are read of a run's metrics.</summary>
/// <param name="Lines">The lines, in their order.</param>
/// <param name="Total">The number of whole lines in the file.</param>
/// <param name="Damaged">The number of further lines that were chosen but are no JSON objects.</param>
/// <param name="IsTorn">Whether the file goes on after its last whole line: what comes is still being written, or was cut off.</param>
internal sealed record MetricsLines(List<JsonElement> Lines, int Total, int Damaged, bool IsTorn)
{
    /// <summary>No lines.</summary>
    public static MetricsLines None { get; } = new([], Total: 0, Damaged: 0, IsTorn: false);

    /// <summary>Says how many lines are damaged.</summary>
    /// <param name="isTraining">Whether a process may be writing the last line, which is no damage then.</param>
    /// <returns>Null if none is.</returns>
    public string? Warning(bool isTraining)
    {
        int torn = IsTorn && !isTraining ? 1 : 0;
        int damaged = Damaged + torn;
        return damaged == 0 ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"{damaged:N0} of {Lines.Count + damaged:N0} lines read of {RunFiles.Metrics} {(damaged == 1 ? "is" : "are")} damaged, and left out.");
    }
}
