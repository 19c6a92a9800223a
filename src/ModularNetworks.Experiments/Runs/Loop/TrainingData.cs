namespace ModularNetworks.Experiments;

/// <summary>The data that a run was trained on, and what was fitted on them.</summary>
public static class TrainingData
{
    /// <summary>Checks that data are those that a run was trained on; runs of earlier versions do not tell.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="fingerprint">The fingerprint of the data, such as <see cref="Experiment.DataFingerprint"/>.</param>
    /// <exception cref="RunException">The data are others.</exception>
    /// <exception cref="CheckpointException">The newest checkpoint is damaged.</exception>
    public static void Require(RunFolder folder, string fingerprint)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(fingerprint);
        RecordOf(folder)?.RequireData(fingerprint, folder.FullPath);
    }

    /// <summary>Whether data are those that a run was trained on; yes for runs of earlier versions, which do not tell.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="fingerprint">The fingerprint of the data, such as <see cref="Experiment.DataFingerprint"/>.</param>
    /// <exception cref="CheckpointException">The newest checkpoint is damaged.</exception>
    public static bool AreThose(RunFolder folder, string fingerprint)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(fingerprint);
        return RecordOf(folder)?.Data is not { } written || written == fingerprint;
    }

    /// <summary>The path of the data of a run's training, which a run needs that has nothing of them: an earlier version began it, or the file was deleted.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="path">The path where the data are looked for.</param>
    /// <exception cref="RunException">There is nothing.</exception>
    internal static string PathFor(RunFolder folder, string path) => Path.Exists(path)
        ? path
        : throw new RunException(
            $"{folder.FullPath}: it has no {RunFiles.Preprocessing}, and the data of the training are not at {path}. Give them with --data.");

    /// <summary>The error to throw where other data are to be measured by a run that has nothing of those of its training.</summary>
    internal static RunException KeptNothing(RunFolder folder) => new(
        $"{folder.FullPath}: it has no {RunFiles.Preprocessing}. {WriteAgain(folder)}");

    /// <summary>The sentences that say how <c>preprocessing.json</c> is written again.</summary>
    internal static string WriteAgain(RunFolder folder) =>
        $"Write it again by 'modnet train {folder.ReadExperiment()} --out {ShellWord.Of(folder.FullPath)} --resume'; add --data if the data of the training have moved.";

    /// <summary>Reads what was fitted on the data.</summary>
    /// <typeparam name="TPreprocessing">The record of the kind of data.</typeparam>
    /// <param name="folder">The run's folder.</param>
    /// <param name="kind">The kind of data.</param>
    /// <returns>Null if it is not told, as in runs of earlier versions.</returns>
    /// <exception cref="RunException"><c>preprocessing.json</c> is damaged or was changed, or is of another kind of data.</exception>
    /// <exception cref="CheckpointException">The newest checkpoint is damaged.</exception>
    internal static TPreprocessing? ReadPreprocessing<TPreprocessing>(RunFolder folder, string kind)
        where TPreprocessing : Preprocessing
    {
        if (RecordOf(folder)?.Files?.GetValueOrDefault(RunFiles.Preprocessing) is { } written)
            CoveredFiles.Require(folder, RunFiles.Preprocessing, written, folder.Checkpoint.NewestStep!.Value);
        return PreprocessingFile.Read<TPreprocessing>(folder, kind);
    }

    private static RunRecord? RecordOf(RunFolder folder) =>
        folder.Checkpoint.ReadState() is { } state ? RunProgress.Parse(state, folder.FullPath).Record : null;
}
