using System.Globalization;
using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// Everything that training goes on from, in a folder of its own: <c>parameters.safetensors</c>,
/// <c>optimizer.safetensors</c>, <c>compositions.bin</c>, <c>state.json</c> and <c>manifest.json</c>, which has the checksums of
/// the others. The random numbers need no state: they follow from the seed and the number of steps.
/// </summary>
/// <remarks>
/// A checkpoint is written to a temporary folder, flushed to the disk and renamed, so that one that has its name is
/// whole. Only then are older ones deleted, but for the last few; they lose their names first. What is read is checked against its checksum first.
/// </remarks>
/// <param name="folder">Holds the checkpoints, one folder each: <c>step-000002000</c>.</param>
/// <param name="kept">The number of newest checkpoints that are kept; at least 1.</param>
/// <param name="within">A folder that links to what is read must not lead out of; <paramref name="folder"/> if null.</param>
public sealed class Checkpoint(string folder, int kept = 1, string? within = null)
{
    private const string StepPrefix = "step-";
    private const string ParametersFile = "parameters.safetensors";
    private const string OptimizerFile = "optimizer.safetensors";
    private const string CompositionsFile = "compositions.bin";
    private const string StateFile = "state.json";
    private const string Unfinished = ".writing";
    private const string Deleted = ".deleted";

    // Sums, records and warnings: some kilobytes.
    private const long MostStateBytes = 1 << 24;

    // As many bytes are read as the model's tensors and compositions take, whatever the file has.
    private const long OfTheModel = long.MaxValue;

    private readonly int _kept = kept;
    private readonly string _within = within ?? folder;

    /// <summary>The number of gradient steps of the newest checkpoint; null if there is none.</summary>
    public long? NewestStep => !Directory.Exists(folder) ? null : Directory.EnumerateDirectories(folder, $"{StepPrefix}*")
        .Max(StepOf);

    /// <summary>
    /// The manifest of the newest checkpoint, <c>manifest.json</c>, which has the checksums of the other files; null if there is none.
    /// </summary>
    public string? ManifestPath => NewestStep is { } step && Path.Combine(PathOf(step), CheckpointManifest.FileName) is var path && File.Exists(path)
        ? path
        : null;

    /// <summary>Writes a checkpoint and deletes older ones, but for those that are kept.</summary>
    /// <param name="disk">Writes it.</param>
    /// <param name="parameters">The model's parameters.</param>
    /// <param name="trainer">Its optimiser, compositions and state are written too.</param>
    /// <param name="state">Further state of the caller, as JSON.</param>
    /// <exception cref="IOException">It cannot be written; those that were there stay.</exception>
    public void Write(IDisk disk, IReadOnlyList<Parameter> parameters, ITrainer trainer, string state)
    {
        ArgumentNullException.ThrowIfNull(disk);
        ArgumentNullException.ThrowIfNull(trainer);
        string temporary = Begin(disk, trainer.Steps);
        WriteFile(ParametersFile, stream => Safetensors.Write(stream, Named(parameters)));
        WriteFile(OptimizerFile, stream => Safetensors.Write(stream, StateOf(trainer)));
        if (trainer.Compositions is not null)
            WriteFile(CompositionsFile, stream => stream.Write(trainer.Compositions.Bytes));
        WriteFile(StateFile, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(state)));
        Finish(disk, trainer.Steps);

        void WriteFile(string name, Action<Stream> write) => disk.Write(Path.Combine(temporary, name), write);
    }

    /// <summary>Makes the temporary folder of a checkpoint whose files come next.</summary>
    /// <returns>Its path.</returns>
    internal string Begin(IDisk disk, long step)
    {
        string temporary = TemporaryPathOf(step);
        if (Directory.Exists(temporary))
            disk.DeleteFolder(temporary);
        disk.CreateFolder(temporary);
        return temporary;
    }

    /// <summary>Makes a checkpoint of what is in the temporary folder, and deletes older ones, but for those that are kept.</summary>
    internal void Finish(IDisk disk, long step)
    {
        string target = PathOf(step), temporary = TemporaryPathOf(step);
        byte[] manifest = CheckpointManifest.Make(temporary, step);
        disk.Write(Path.Combine(temporary, CheckpointManifest.FileName), stream => stream.Write(manifest));
        if (Directory.Exists(target))
            Delete(disk, target);
        disk.Move(temporary, target);
        DeleteOthers(disk, step);
    }

    /// <summary>Reads the newest checkpoint.</summary>
    /// <param name="parameters">Receive their values.</param>
    /// <param name="trainer">Receives its optimiser's state, its own and its compositions, and goes on from the checkpoint's step.</param>
    /// <returns>The state that was given to <see cref="Write"/>.</returns>
    /// <exception cref="CheckpointException">There is no checkpoint, or it is damaged or belongs to another model.</exception>
    public string Read(IReadOnlyList<Parameter> parameters, ITrainer trainer)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        long step = ReadParameters(parameters);
        string source = PathOf(step);
        var manifest = CheckpointManifest.Read(source, step, _within);
        manifest.Verify(OptimizerFile);
        manifest.Verify(StateFile);
        if (trainer.Compositions is not null)
            manifest.Verify(CompositionsFile);
        ReadTensors(source, OptimizerFile, StateOf(trainer));
        if (trainer.Compositions is not null)
            ReadFile(source, CompositionsFile, OfTheModel, stream => ReadCompositions(stream, trainer.Compositions));
        trainer.Optimizer.StepCount = step;
        trainer.ResumeAt(step);
        return ReadText(source, StateFile);
    }

    /// <summary>Reads the parameters of the newest checkpoint.</summary>
    /// <param name="parameters">Receive their values.</param>
    /// <returns>The number of gradient steps they were trained for.</returns>
    /// <exception cref="CheckpointException">There is no checkpoint, or it is damaged or belongs to another model.</exception>
    public long ReadParameters(IReadOnlyList<Parameter> parameters)
    {
        long step = RequireStep();
        CheckpointManifest.Read(PathOf(step), step, _within).Verify(ParametersFile);
        ReadTensors(PathOf(step), ParametersFile, Named(parameters));
        return step;
    }

    /// <summary>The number of gradient steps of the newest checkpoint.</summary>
    /// <exception cref="CheckpointException">There is none.</exception>
    internal long RequireStep() => NewestStep
        ?? throw new CheckpointException($"Checkpoint: there is none in {folder}; the run ended before its first one. Go on with the training first.");

    /// <summary>Checks all files of the newest checkpoint, if there is one, against its manifest, without reading what is in them.</summary>
    /// <exception cref="CheckpointException">A file is missing or damaged.</exception>
    public void Verify()
    {
        if (NewestStep is { } step)
            CheckpointManifest.Read(PathOf(step), step, _within).VerifyAll();
    }

    /// <summary>The state that was given to <see cref="Write"/> for the newest checkpoint.</summary>
    /// <returns>Null if there is no checkpoint.</returns>
    /// <exception cref="CheckpointException">It is damaged.</exception>
    public string? ReadState()
    {
        if (NewestStep is not { } step)
            return null;
        CheckpointManifest.Read(PathOf(step), step, _within).Verify(StateFile);
        return ReadText(PathOf(step), StateFile);
    }

    private string ReadText(string source, string name)
    {
        string text = "";
        ReadFile(source, name, MostStateBytes, stream => text = new StreamReader(stream).ReadToEnd());
        return text;
    }

    private void ReadTensors(string source, string name, List<(string Name, Tensor Tensor)> tensors) =>
        ReadFile(source, name, OfTheModel, stream => Safetensors.Read(stream, tensors));

    private static List<(string Name, Tensor Tensor)> Named(IReadOnlyList<Parameter> parameters) =>
        [.. parameters.Select(parameter => (parameter.Name, parameter.Value))];

    private static List<(string Name, Tensor Tensor)> StateOf(ITrainer trainer) => [.. trainer.Optimizer.State, .. trainer.State];

    /// <summary>Reads a file of a checkpoint.</summary>
    /// <exception cref="CheckpointException">It cannot be used.</exception>
    internal void ReadFile(string source, string name, long mostBytes, Action<Stream> read)
    {
        string path = Path.Combine(source, name);
        try
        {
            using var stream = RegularFile.Open(path, mostBytes, _within);
            read(stream);
        }
        catch (Exception exception) when (exception is CheckpointException or IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException($"Checkpoint: {path} cannot be used: {exception.Message}", exception);
        }
    }

    private static void ReadCompositions(Stream stream, CompositionStore compositions)
    {
        if (stream.Length != compositions.Bytes.Length)
        {
            throw new CheckpointException(
                $"it holds {Counted.Of(stream.Length, "byte")}, those of the training set take {compositions.Bytes.Length}. "
                + "Are the data, and the sizes of the model, those that the run was started with?");
        }
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        try
        {
            compositions.Restore(bytes);
        }
        catch (ArgumentException exception)
        {
            throw new CheckpointException(exception.Message, exception);
        }
    }

    private void DeleteOthers(IDisk disk, long written)
    {
        // Later steps are of a run that went on from an earlier one.
        string[] all = Directory.GetDirectories(folder, $"{StepPrefix}*");
        var kept = all.Where(path => StepOf(path) <= written).OrderByDescending(StepOf).Take(_kept).ToHashSet();
        // First those that end with a word, which were being written or deleted.
        foreach (string path in all.Where(path => !kept.Contains(path)).OrderBy(path => StepOf(path) is not null))
            Delete(disk, path);
    }

    /// <summary>Takes a checkpoint's name away before its files: what has the name is whole.</summary>
    private static void Delete(IDisk disk, string path)
    {
        string deleted = path;
        if (StepOf(path) is not null)
        {
            deleted += Deleted;
            if (Directory.Exists(deleted))
                disk.DeleteFolder(deleted);
            disk.Move(path, deleted);
        }
        disk.DeleteFolder(deleted);
    }

    private static long? StepOf(string path) =>
        long.TryParse(Path.GetFileName(path)[StepPrefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out long step) ? step : null;

    /// <summary>The folder in which a checkpoint is written before it has its name.</summary>
    internal string TemporaryPathOf(long step) => PathOf(step) + Unfinished;

    /// <summary>The folder of a checkpoint.</summary>
    internal string PathOf(long step) => Path.Combine(folder, $"{StepPrefix}{step:D9}");
}
