using ModularNetworks.Data;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>A network that was trained on a table.</summary>
/// <param name="Encoding">The way from a row to a vector, and what is predicted.</param>
/// <param name="Network">The network.</param>
/// <param name="Rule">How it selects its modules.</param>
internal sealed record TableNetwork(TableEncoding Encoding, ModularMlp Network, SelectionRule Rule)
{
    /// <summary>Loads the network of a run.</summary>
    /// <param name="run">The run's folder.</param>
    /// <param name="options">The run's options.</param>
    /// <param name="checkpoint">One of the run's checkpoints.</param>
    /// <exception cref="RunException">The run selects its modules by clusters that it does not keep, or its files are damaged.</exception>
    /// <exception cref="CheckpointException">There is no checkpoint, or it is damaged.</exception>
    public static TableNetwork Load(RunFolder run, TableOptions options, Checkpoint checkpoint)
    {
        if (options.Method == TrainingMethods.Assigned || options.Network.Controller == ControllerKind.Table)
        {
            throw new RunException(
                $"{run.FullPath}: its modules are chosen by the cluster of the input, and clusters are not kept. Train with another method or controller.");
        }
        var encoding = TablePreprocessing.Read(run);
        var rule = options.CreateRule();
        var network = new ModularMlp(options.Sizes(encoding), rule, RandomKey.FromSeed(options.Seed).Split("network"));
        checkpoint.ReadParameters(network.Parameters);
        return new TableNetwork(encoding, network, rule);
    }
}
