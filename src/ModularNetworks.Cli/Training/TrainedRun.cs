using ModularNetworks.Experiments;

namespace ModularNetworks.Cli.Training;

/// <summary>Runs whose network is used after the training.</summary>
internal static class TrainedRun
{
    /// <summary>A run's options, with the data where they are now.</summary>
    /// <param name="context">Knows where data are.</param>
    /// <param name="folder">The run's folder.</param>
    /// <param name="data">The data's folder or archive, if it has moved; else null.</param>
    /// <param name="command">The running command, for messages.</param>
    /// <exception cref="UserErrorException">Data are given for a problem that has none.</exception>
    public static RunOptions Options(CliContext context, RunFolder folder, string? data, string command) =>
        Kept(folder, folder.ReadOptions(context.Experiments).AfterTraining()) switch
        {
            DataRunOptions read when data is not null => read with { Data = context.Data.Resolve(data, read.Experiment) },
            { } other when data is not null =>
                throw new UserErrorException($"{command}: --data {data}: a {other.Experiment} problem is drawn from the seed. Leave --data out."),
            var options => options,
        };

    private static RunOptions Kept(RunFolder folder, RunOptions options) => options is TableOptions table ? table.WithKept(folder) : options;
}
