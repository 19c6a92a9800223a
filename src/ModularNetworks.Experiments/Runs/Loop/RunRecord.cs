using System.Text.Json;
using System.Text.Json.Serialization;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>
/// The record that a checkpoint keeps of the run around it: its configuration, which data it was trained on, and what files had been
/// written by then. Checkpoints of earlier versions keep less, or none.
/// </summary>
/// <param name="Metrics">The number of lines of metrics; null if it is not told.</param>
/// <param name="Snapshots">The number of snapshots; null if it is not told.</param>
/// <param name="Data">The fingerprint of the data; null if it is not told.</param>
/// <param name="Config">The configuration; null if it is not told.</param>
/// <param name="Files">Files beside the checkpoint with their checksums; null if they are not told.</param>
internal sealed record RunRecord(
    long? Metrics = null, long? Snapshots = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Data = null, IReadOnlyDictionary<string, JsonElement>? Config = null,
    IReadOnlyDictionary<string, FilePart>? Files = null)
{
    // A checkpoint is the same whatever they are.
    private static readonly string[] DecideNothing = ["threads", "checkpointEvery"];

    // More steps may be asked for, and data may be moved: their fingerprint tells which they are.
    private static readonly string[] MayBeGivenAnew = ["steps", "data"];

    /// <summary>The configuration as this version reads it; null if it is not told.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Config { get; init; } = Config is null ? null : EarlierConfig.Migrate(Config);

    /// <summary>Files beside the checkpoint with their checksums; null if they are not told.</summary>
    public IReadOnlyDictionary<string, FilePart>? Files { get; init; } = Files is null || Files.Values.All(part => part is { Bytes: >= 0, Checksum: not null })
        ? Files
        : throw new FormatException("a file beside the checkpoint has no length or no checksum");

    /// <summary>The record of a run as it is now.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="experiment">The experiment.</param>
    /// <param name="options">The run's options.</param>
    /// <param name="best">The best step, if its checkpoint is in the folder.</param>
    public static RunRecord Of(RunFolder folder, Experiment experiment, RunOptions options, long? best)
    {
        return new RunRecord(folder.Metrics.Count, folder.Snapshots.Count, experiment.DataFingerprint, ConfigOf(options), CoveredFiles.Of(folder, best));
    }

    private static OrderedDictionary<string, JsonElement> ConfigOf(RunOptions options)
    {
        var config = OptionsJson.Entries(options);
        foreach (string option in DecideNothing)
            config.Remove(option);
        return config;
    }

    /// <summary>Checks that the run can go on from the checkpoint: no line is lost or changed, data and options are the same.</summary>
    /// <exception cref="RunException">The run cannot go on.</exception>
    /// <exception cref="CheckpointException">The best step's checkpoint is damaged.</exception>
    public void Require(RunFolder folder, Experiment experiment, RunOptions options, long step)
    {
        RequireConfig(options, folder.FullPath, step);
        RequireSteps(options, folder.FullPath);
        RequireLines(folder, RunFiles.Metrics, Metrics, folder.Metrics.CountUpTo(step), step);
        RequireLines(folder, RunFiles.Snapshots, Snapshots, folder.Snapshots.CountUpTo(step), step);
        CoveredFiles.Require(folder, Files ?? new Dictionary<string, FilePart>(), step);
        RequireData(experiment.DataFingerprint, folder.FullPath);
    }

    /// <summary>Checks that data are those of the training.</summary>
    /// <param name="fingerprint">Their fingerprint.</param>
    /// <param name="run">The run's folder, for the message.</param>
    /// <exception cref="RunException">The data are others.</exception>
    public void RequireData(string fingerprint, string run)
    {
        if (Data is not null && Data != fingerprint)
        {
            throw new RunException(
                $"{run}: the data are not those that the run was trained on: their fingerprint is {fingerprint}, it was {Data}. "
                + "Give the right ones with --data.");
        }
    }

    private void RequireConfig(RunOptions options, string run, long step)
    {
        // Earlier versions had fewer options.
        var differences = ConfigOf(options)
            .Where(option => !MayBeGivenAnew.Contains(option.Key) && Written(option.Key) is { } written && !JsonElement.DeepEquals(written, option.Value))
            .Select(option => $"{option.Key} is {OptionsJson.Text(option.Value)} there and {OptionsJson.Text(Config![option.Key])} in the checkpoint of step {step}");
        if (string.Join(", ", differences) is { Length: > 0 } list)
            throw new RunException($"{Path.Combine(run, RunFiles.Config)} is not the run's any more: {list}. Restore it, or start another run.");
    }

    /// <summary>A step size that falls towards the last step, or tasks that share all steps, have no other last step.</summary>
    private void RequireSteps(RunOptions options, string run)
    {
        if (options.ReasonForLastStep is { } reason && Written("steps") is { } written && written.GetInt64() != options.Steps)
        {
            throw new RunException(
                $"--resume: {reason(run, written.GetInt64())}, so that --steps "
                + $"{options.Steps} would have been another run from the start. Leave --steps out, or start another run.");
        }
    }

    private JsonElement? Written(string option) => Config is not null && Config.TryGetValue(option, out var written) ? written : null;

    private static void RequireLines(RunFolder folder, string file, long? written, long found, long step)
    {
        if (written is { } lines && lines != found)
        {
            throw new RunException(
                $"{Path.Combine(folder.FullPath, file)}: {Counted.Of(lines, "line was", "lines were")} written up to step {step}, {Counted.Of(found, "is", "are")} there. Restore the file, or delete "
                + "the checkpoints and start again.");
        }
    }
}
