using System.Globalization;
using System.Text.Json;

namespace ModularNetworks.Experiments;

/// <summary>
/// Watches measurements for layers that collapse onto one module, and for modules that nobody uses. A layer is warned of
/// once for each, when it has been so for some measurements in a row: training often recovers from one.
/// </summary>
internal sealed class CollapseWatch
{
    private const int InARow = 3;

    // As many effective modules as 1.1 equally used ones.
    private const double LeastEffectiveModules = 1.1;

    private readonly Dictionary<(string Layer, string What), int> _inARow = [];

    /// <summary>Takes the layers of a measurement.</summary>
    /// <param name="layers">The layers' metrics; none where nothing was measured.</param>
    /// <returns>Warnings to give now, a line each.</returns>
    public IReadOnlyList<string> Look(IReadOnlyList<LayerMetrics> layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        var warnings = new List<string>();
        foreach (var layer in layers)
        {
            bool isCollapsed = layer.Modules > 1 && layer.EffectiveModules < LeastEffectiveModules;
            if (IsNews(layer.Name, "collapse", isCollapsed))
                warnings.Add(Collapse(layer.Name, layer.EffectiveModules, layer.Modules));
            // Of a collapsed layer all has been said.
            int dead = layer.DeadModules.Count;
            if (IsNews(layer.Name, "dead modules", dead > 0 && !isCollapsed))
                warnings.Add(DeadModules(layer.Name, dead, layer.Modules));
        }
        return warnings;
    }

    /// <summary>Takes the lines that a run wrote before; their warnings are not given again.</summary>
    /// <param name="path">The file of the lines, for the message.</param>
    /// <param name="lines">The lines.</param>
    /// <exception cref="RunException">A line is damaged.</exception>
    public void Recall(string path, IEnumerable<JsonElement> lines)
    {
        foreach (var line in lines)
        {
            try
            {
                Look(RecordJson.Read<MetricsLine>(line).Measured?.Selection?.Layers ?? []);
            }
            catch (FormatException exception)
            {
                throw new RunException(
                    $"{path}: the line of step {(line.TryGetProperty("step", out var step) ? step : "?")} is damaged: {exception.Message} Restore the file, or delete the line.",
                    exception);
            }
        }
    }

    private bool IsNews(string layer, string what, bool isSo)
    {
        int before = _inARow.GetValueOrDefault((layer, what));
        // Once it has been told, it stays told.
        if (before < InARow)
            _inARow[(layer, what)] = isSo ? before + 1 : 0;
        return isSo && before == InARow - 1;
    }

    private static string Collapse(string layer, double effective, int modules) => string.Create(
        CultureInfo.InvariantCulture,
        $"layer {layer} has collapsed: as many of its {modules} modules are in use as {effective:F2} equally used ones, for {InARow} measurements. More gradient "
        + $"steps between E-steps (--set mStepsPerEStep=...), more samples (--set samples=...) or another --seed may help.");

    private static string DeadModules(string layer, int dead, int modules) => string.Create(
        CultureInfo.InvariantCulture,
        $"layer {layer} has {dead} of {modules} modules that are never the most probable ones, for {InARow} measurements. Fewer modules may do as well; more "
        + $"samples (--set samples=...) may bring them back.");
}
