using ModularNetworks.Data;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>A table that a run was not trained on.</summary>
internal static class OtherTable
{
    /// <summary>Reads the table, which has no parts.</summary>
    /// <param name="run">The run's folder.</param>
    /// <param name="options">The run's options, with the path of the table.</param>
    /// <param name="checkpoint">One of the run's checkpoints.</param>
    /// <param name="kernels">Does the arithmetic.</param>
    /// <exception cref="DataException">The table cannot be read, lacks a column, or has a row that cannot be read.</exception>
    public static OtherData Read(RunFolder run, TableOptions options, Checkpoint checkpoint, Kernels kernels)
    {
        var (encoding, network, rule, keys) = TableNetwork.Load(run, options, checkpoint, TablePreprocessing.Read(run) ?? throw TrainingData.KeptNothing(run));
        var rows = EncodedTable.PointsOf(options.Reading.Read(options.Data, options.Target), encoding);
        var points = new VectorTrainingSet(rows, keys?.Of(rows));
        var evaluation = new TaskEvaluation(network, new Tape(kernels), rule, encoding.Target.Classes is null ? encoding.Target.Deviation : null, tellsLoss: true);
        return new OtherData([OtherData.Whole], split => (evaluation.Measure(split, points), Note: null));
    }
}
