using System.Text.Json.Nodes;

namespace ModularNetworks.Experiments;

/// <summary>Inspections of runs.</summary>
public static class RunInspection
{
    /// <summary>Looks what each module of a run's network does, and keeps it in the run's folder for the report.</summary>
    /// <param name="experiment">The network with its data.</param>
    /// <param name="folder">The run's folder.</param>
    /// <param name="step">The gradient step that the network was left at.</param>
    /// <returns>What <c>inspection.json</c> holds; null if nothing is selected.</returns>
    public static JsonObject? Write(Experiment experiment, RunFolder folder, long step)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        ArgumentNullException.ThrowIfNull(folder);
        if (experiment.Inspect() is not { } inspection)
            return null;
        inspection.Insert(0, "step", step);
        folder.WriteInspection(inspection);
        return inspection;
    }
}
