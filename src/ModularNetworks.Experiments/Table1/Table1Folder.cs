using ModularNetworks.Data;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>A folder with the run folders of the table, one for every row and seed.</summary>
/// <param name="path">The folder.</param>
/// <param name="shared">The options that all runs have in common.</param>
/// <param name="corpus">The text.</param>
public sealed class Table1Folder(string path, LanguageModelOptions shared, TextCorpus corpus)
    : ReproductionFolder<Table1Row, RunResult>(path, Table1.Rows, new ExperimentCatalogue(LanguageModelExperiments.PennTreebank))
{
    /// <inheritdoc/>
    public override RunOptions OptionsOf(SeedRun<Table1Row> run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return run.Series.Options(shared) with { Seed = run.Seed };
    }

    /// <inheritdoc/>
    public override Experiment Create(SeedRun<Table1Row> run, RunOptions options, Kernels kernels) =>
        new LanguageModelExperiment((LanguageModelOptions)options, corpus, kernels);

    /// <inheritdoc/>
    protected override RunResult Read(SeedRun<Table1Row> run, RunFolder folder, RunSummary summary)
    {
        ArgumentNullException.ThrowIfNull(run);
        return RunResult.Read(run.Name, summary);
    }
}
