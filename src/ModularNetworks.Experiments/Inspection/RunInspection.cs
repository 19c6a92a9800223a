using System.Text.Json.Nodes;

namespace ModularNetworks.Experiments;

/// <summary>Inspections of runs.</summary>
public static class RunInspection
{
    /// <summary>Looks what each module of a run's network does.</summary>
    /// <param name="experiment">The network with its data, after some steps.</param>
    /// <returns>What <c>inspection.json</c> holds; null if nothing is selected.</returns>
    public static JsonObject? Make(Experiment experiment)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        var inspection = experiment.Inspect();
        inspection?.Insert(0, "step", experiment.Trainer.Steps);
        return inspection;
    }
}
