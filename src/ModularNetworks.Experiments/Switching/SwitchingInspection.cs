using ModularNetworks.Data;

namespace ModularNetworks.Experiments;

/// <summary>Counts for which rules the modules of a recurrent unit are picked.</summary>
/// <param name="sequences">The sequences.</param>
/// <param name="rules">R, the number of rules.</param>
/// <param name="modules">M.</param>
internal sealed class SwitchingInspection(SwitchingSequences sequences, int rules, int modules)
{
    private readonly ModuleLabelCounts _counts = new(rules, modules);

    /// <summary>Adds what was decided for some sequences.</summary>
    /// <param name="selections">The decisions.</param>
    /// <param name="chosen">The sequences' numbers, in the order of the batch.</param>
    public void Add(RecordedSelections selections, int[] chosen)
    {
        ArgumentNullException.ThrowIfNull(selections);
        foreach (var (row, sequence) in chosen.Index())
        {
            for (int step = 0; step < sequences.Length; step++)
            {
                for (int k = 0; k < selections.Picks(0); k++)
                    _counts.Add(sequences.RuleOf(sequence, step), selections.Mode(0, step, row, k));
            }
        }
    }

    /// <summary>The findings about the unit.</summary>
    public LayerFindings Findings()
    {
        string[] names = [.. Enumerable.Range(1, _counts.Labels).Select(rule => $"rule {rule}")];
        return new LayerFindings([("rule", _counts)], module => new ModuleDetail { Classes = Inspections.Classes(_counts, names, module) })
        {
            Rules = _counts,
        };
    }
}
