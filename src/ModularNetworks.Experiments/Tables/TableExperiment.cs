using ModularNetworks.Data;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>A <see cref="ModularMlp"/> that predicts a column of a table from the others.</summary>
public sealed class TableExperiment : TaskExperiment
{
    private readonly string[] _preparations;

    private TableExperiment(TableOptions options, TextTable table, TableProblem problem, Kernels kernels)
        : base(options, options.Sizes(problem.Encoding), options.Network, problem.Splits, kernels, options.ClustersFor(problem.Encoding))
    {
        TableEncoding = problem.Encoding;
        Preprocessing = TablePreprocessing.Of(problem.Encoding, Clusters);
        _preparations = [.. TableNotes.Of(table, problem), .. Baseline(options, problem.Encoding)];
    }

    /// <summary>The experiment for catalogues.</summary>
    public static ExperimentKind Kind { get; } = ExperimentKind.Of<TableOptions, TextTable>(
        "Trains a modular perceptron that predicts a column of a table (CSV or Parquet) from the others.",
        (options, progress) => options.Reading.Read(options.Data, options.Target, progress),
        (options, table, kernels) => new TableExperiment(options, table, options.Prepare(table), kernels)) with
    {
        Choices =
        [
            new OptionChoice(
                "target", "The column to predict: a name in the header, or a number from 1.", [], (options, name) => (TableOptions)options with { Target = name }),
        ],
    };

    /// <inheritdoc/>
    public override Preprocessing Preprocessing { get; }

    /// <inheritdoc/>
    public override IEnumerable<string> Preparations() => _preparations;

    private static IEnumerable<string> Baseline(TableOptions options, TableEncoding encoding)
    {
        if (options.PayForModules > 0)
        {
            yield return $"baseline: {options.Sizes(encoding).Hidden} hidden units, so that a prediction takes as many operations as with {options.PayForModules} "
                + $"modules of {Counted.Of(options.Network.Hidden, "unit")} and controllers";
        }
    }
}
