using ModularNetworks.Data;

namespace ModularNetworks.Experiments;

/// <summary>Counts how often a toy network's modules are picked for each component, the map that a point comes from.</summary>
internal static class ToyInspection
{
    /// <summary>The names of the components: the maps that made their targets.</summary>
    public static IReadOnlyList<string> Components { get; } = ["R (rotation)", "S (scaling)"];

    /// <summary>The findings about the network's layer.</summary>
    /// <param name="selections">The decisions for the points.</param>
    /// <param name="points">The points.</param>
    public static LayerFindings Of(RecordedSelections selections, ToyPoints points)
    {
        ArgumentNullException.ThrowIfNull(selections);
        ArgumentNullException.ThrowIfNull(points);
        var counts = new ModuleLabelCounts(Components.Count, selections.Modules(0));
        for (int n = 0; n < points.Count; n++)
        {
            for (int k = 0; k < selections.Picks(0); k++)
                counts.Add(points.Components[n], selections.Mode(0, 0, n, k));
        }
        return new LayerFindings(
            [("component", counts)],
            module => new ModuleDetail { Classes = Inspections.Classes(counts, Components, module) })
        {
            Rules = counts,
        };
    }
}
