using System.Text.Json;

namespace ModularNetworks.Experiments;

/// <summary>The file <c>preprocessing.json</c> in the folder of a run.</summary>
internal static class PreprocessingFile
{
    /// <summary>The sentence that says what to do about a file that cannot be used.</summary>
    public const string WayOn = "Restore the file; or delete it, and give the data of the training with --data.";

    /// <summary>Writes the file, or replaces it as a whole.</summary>
    public static void Write(IDisk disk, RunFolder folder, Preprocessing preprocessing) =>
        WholeFile.Write(disk, PathIn(folder), RecordJson.Write(preprocessing, isIndented: true) + "\n");

    /// <summary>Reads the file.</summary>
    /// <typeparam name="TPreprocessing">The record of the kind of data.</typeparam>
    /// <param name="folder">The run's folder.</param>
    /// <param name="kind">The kind of data.</param>
    /// <returns>Null if there is no file, as in runs of earlier versions.</returns>
    /// <exception cref="RunException">The file is damaged, or of another kind of data.</exception>
    public static TPreprocessing? Read<TPreprocessing>(RunFolder folder, string kind)
        where TPreprocessing : Preprocessing
    {
        if (!File.Exists(PathIn(folder)))
            return null;
        try
        {
            var written = StrictJson.Parse(folder.Read(RunFiles.Preprocessing));
            // Said first: another kind has other entries.
            if (written.TryGetProperty("kind", out var found) && found.ValueKind == JsonValueKind.String && found.GetString() is var other && other != kind)
                throw new FormatException($"its kind is {other}; {kind} was expected.");
            return RecordJson.Read<TPreprocessing>(written);
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            throw Damaged(folder, exception);
        }
    }

    /// <summary>The error to throw when what the file says cannot be.</summary>
    public static RunException Damaged(RunFolder folder, Exception cause) =>
        new($"{PathIn(folder)}: this is not the preprocessing of the run: {cause.Message} {WayOn}", cause);

    private static string PathIn(RunFolder folder) => Path.Combine(folder.FullPath, RunFiles.Preprocessing);
}
