namespace ModularNetworks.Experiments;

/// <summary>The data that a run was trained on.</summary>
public static class TrainingData
{
    /// <summary>Checks that data are those that a run was trained on; runs of earlier versions do not tell.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="experiment">Has read the data.</param>
    /// <exception cref="RunException">The data are others.</exception>
    /// <exception cref="CheckpointException">The newest checkpoint is damaged.</exception>
    public static void Require(RunFolder folder, Experiment experiment)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(experiment);
        if (folder.Checkpoint.ReadState() is { } state)
            RunProgress.Parse(state, folder.FullPath).Record?.RequireData(experiment, folder.FullPath);
    }
}
