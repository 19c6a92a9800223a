using ModularNetworks.Data;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>A network that was trained on a table.</summary>
/// <param name="Encoding">The way from a row to a vector, and what is predicted.</param>
/// <param name="Network">The network.</param>
/// <param name="Rule">How it selects its modules.</param>
/// <param name="InputKeys">The clusters of the inputs, if the network asks for them; null if it does not.</param>
internal sealed record TableNetwork(TableEncoding Encoding, ModularMlp Network, SelectionRule Rule, InputKeys? InputKeys)
{
    /// <summary>Loads the network of a run.</summary>
    /// <param name="run">The run's folder.</param>
    /// <param name="options">The run's options.</param>
    /// <param name="checkpoint">One of the run's checkpoints.</param>
    /// <param name="kept">The encoding of the table, and the clusters of its vectors, if they are known.</param>
    /// <exception cref="RunException">The run selects its modules by clusters that it does not keep, or its files are damaged.</exception>
    /// <exception cref="CheckpointException">There is no checkpoint, or it is damaged.</exception>
    public static TableNetwork Load(RunFolder run, TableOptions options, Checkpoint checkpoint, (TableEncoding Encoding, Clusters? Clusters) kept)
    {
        var (encoding, clusters) = kept;
        bool asksForClusters = options.Method == TrainingMethods.Assigned || options.Network.Controller == ControllerKind.Table;
        if (asksForClusters && clusters is null)
        {
            throw new RunException(
                $"{run.FullPath}: its modules are chosen by the cluster of the input, and an earlier version did not keep the clusters. "
                + TrainingData.WriteAgain(run));
        }
        var (sizes, key) = (options.Sizes(encoding), RandomKey.FromSeed(options.Seed));
        var start = asksForClusters ? new TaskStart(options, sizes, options.Network, InputKeys.Of(clusters!), key.Split(TaskExperiment.ClustersKey)) : null;
        var rule = start?.Rule ?? options.CreateRule();
        var network = new ModularMlp(start?.Sizes ?? sizes, rule, key.Split("network"));
        checkpoint.ReadParameters(network.Parameters);
        return new TableNetwork(encoding, network, rule, start?.InputKeys);
    }
}
