namespace ModularNetworks.Experiments;

/// <summary>The measures of modules in a run of the suite, or their means over the runs of a row.</summary>
public record SuiteMeasures
{
    /// <summary>H_a on validation data, in nats; null if nothing is selected.</summary>
    public double? SelectionEntropy { get; init; }

    /// <summary>H_b on validation data, in nats; null if nothing is selected.</summary>
    public double? BatchSelectionEntropy { get; init; }

    /// <summary>
    /// The number of modules whose share of the most probable picks on validation data is above a tenth of 1/M, on average over layers;
    /// null if nothing is selected.
    /// </summary>
    public double? ModulesUsed { get; init; }

    /// <summary>Collapse-Avg of the use on validation data (<see cref="Collapse.Average"/>), mean over layers; null if nothing is selected.</summary>
    public double? CollapseAverage { get; init; }

    /// <summary>Collapse-Worst of the use on validation data (<see cref="Collapse.Worst"/>), mean over layers; null if nothing is selected.</summary>
    public double? CollapseWorst { get; init; }

    /// <summary>
    /// <see cref="RuleAlignment.Alignment"/> of the most probable modules with the true rule on test data, mean over layers; null where the rule is
    /// not known, or the run has no inspection.
    /// </summary>
    public double? Alignment { get; init; }

    /// <summary>
    /// <see cref="ModularNetworks.Leakage"/> on test data, in nats per datapoint; null if no controller selects, or the run has no inspection.
    /// </summary>
    public double? Leakage { get; init; }

    /// <summary>
    /// How often E-steps have visited a datapoint of the training set, on average; null if there is no EM, or the run has no inspection.
    /// </summary>
    public double? EStepVisits { get; init; }

    /// <summary>
    /// By how many points the accuracy of earlier tasks is better in the end than right after they were learned, on test data, mean over tasks;
    /// null for trials, and if there are no tasks one after the other.
    /// </summary>
    public double? BackwardTransfer { get; init; }

    /// <summary>Takes the measures of a run from its files.</summary>
    /// <param name="series">The run's series.</param>
    /// <param name="measured">The measurement of the trained network.</param>
    /// <param name="inspection">The inspection; null if there is none.</param>
    internal static SuiteMeasures Of(SuiteSeries series, Measurement measured, SuiteInspection? inspection)
    {
        var selection = measured.Selection is { Usage.Layers.Count: > 0 } selected ? selected : null;
        return new SuiteMeasures
        {
            SelectionEntropy = selection?.SelectionEntropy,
            BatchSelectionEntropy = selection?.BatchSelectionEntropy,
            ModulesUsed = selection?.Usage.Used.Average(),
            CollapseAverage = selection?.Usage.Layers.Average(Collapse.Average),
            CollapseWorst = selection?.Usage.Layers.Average(Collapse.Worst),
            Alignment = series.Task.HasTrueRule ? inspection?.Layers.Average(layer => layer.Rules?.Alignment) : null,
            Leakage = inspection?.Leakage?.Nats,
            EStepVisits = inspection?.EStepVisits,
            BackwardTransfer = series.IsTrial ? null : measured.Of(series.Task.TestSplit)?["backwardTransfer"],
        };
    }

    /// <summary>The means over some runs, each over those that have the measure.</summary>
    internal static SuiteMeasures MeansOf(IReadOnlyList<SuiteMeasures> runs) => new()
    {
        SelectionEntropy = runs.Average(run => run.SelectionEntropy),
        BatchSelectionEntropy = runs.Average(run => run.BatchSelectionEntropy),
        ModulesUsed = runs.Average(run => run.ModulesUsed),
        CollapseAverage = runs.Average(run => run.CollapseAverage),
        CollapseWorst = runs.Average(run => run.CollapseWorst),
        Alignment = runs.Average(run => run.Alignment),
        Leakage = runs.Average(run => run.Leakage),
        EStepVisits = runs.Average(run => run.EStepVisits),
        BackwardTransfer = runs.Average(run => run.BackwardTransfer),
    };
}
