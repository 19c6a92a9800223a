using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// The parts of a checkpoint, <c>manifest.json</c>: the version of its format, its step, and size and SHA-256 checksum of
/// every other file. A checkpoint without one is of format 0, which had none, and is read unchecked.
/// </summary>
internal sealed class CheckpointManifest
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "manifest.json";

    /// <summary>The version of the format that is written.</summary>
    public const int Format = 1;

    // Some hundred bytes.
    private const long LongestFile = 1 << 16;

    private readonly string _folder;
    private readonly string _within;
    private readonly JsonObject? _parts;

    private CheckpointManifest(string folder, string within, JsonObject? parts)
    {
        _folder = folder;
        _within = within;
        _parts = parts;
    }

    /// <summary>The manifest of a folder whose files are all written.</summary>
    /// <param name="folder">The checkpoint's folder.</param>
    /// <param name="step">The number of gradient steps.</param>
    public static byte[] Make(string folder, long step)
    {
        var parts = new JsonObject();
        foreach (string path in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
        {
            var (bytes, checksum) = Measure(path, long.MaxValue, folder);
            parts[Path.GetFileName(path)] = new JsonObject { ["bytes"] = bytes, ["sha256"] = checksum };
        }
        var manifest = new JsonObject { ["format"] = Format, ["step"] = step, ["parts"] = parts };
        return Encoding.UTF8.GetBytes(manifest.ToJsonString());
    }

    /// <summary>Reads the manifest of a checkpoint.</summary>
    /// <param name="folder">The checkpoint's folder.</param>
    /// <param name="step">The number of gradient steps that the folder's name tells.</param>
    /// <param name="within">A folder that links to the checkpoint's files must not lead out of.</param>
    /// <exception cref="CheckpointException">
    /// It is damaged, of another step, or of a format that this version does not know.
    /// </exception>
    public static CheckpointManifest Read(string folder, long step, string within)
    {
        string path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
            return new CheckpointManifest(folder, within, parts: null);
        JsonObject manifest;
        int format;
        long written;
        try
        {
            manifest = JsonNode.Parse(RegularFile.ReadText(path, LongestFile, within))?.AsObject() ?? throw new FormatException("it is empty.");
            format = Entry(manifest, "format").GetValue<int>();
            // A later format may tell its step otherwise.
            written = format == Format ? Entry(manifest, "step").GetValue<long>() : step;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException($"Checkpoint: {path} cannot be used: {exception.Message} Put the run's own checkpoint there.", exception);
        }
        catch (Exception exception) when (IsDamage(exception))
        {
            throw new CheckpointException($"Checkpoint: {path} is damaged: {JsonFault.Of(exception)} {Advice}", exception);
        }
        if (format != Format)
        {
            throw new CheckpointException(
                $"Checkpoint: {folder} is of format {format}; this version reads formats 0 to {Format}. Use the version of modnet "
                + "that wrote it, or a newer one.");
        }
        if (written != step)
            throw new CheckpointException($"Checkpoint: {folder} is a checkpoint of step {written}, not of the step in its name. Give it its name back.");
        return new CheckpointManifest(folder, within, manifest["parts"] as JsonObject ?? []);
    }

    /// <summary>Checks all files that the manifest names.</summary>
    /// <exception cref="CheckpointException">One is not the file that was written.</exception>
    public void VerifyAll()
    {
        string[] names;
        try
        {
            names = [.. (_parts ?? []).Select(part => part.Key)];
        }
        catch (Exception exception) when (IsDamage(exception))
        {
            throw new CheckpointException($"Checkpoint: {Path.Combine(_folder, FileName)} is damaged: {JsonFault.Of(exception)} {Advice}", exception);
        }
        foreach (string name in names)
            Verify(name);
    }

    /// <summary>Checks a file before it is used.</summary>
    /// <param name="name">The file's name.</param>
    /// <exception cref="CheckpointException">It is not the file that was written.</exception>
    public void Verify(string name)
    {
        if (_parts is null)
            return;
        string path = Path.Combine(_folder, name);
        var part = Find(name, path);
        string written = Describe(part), found;
        try
        {
            found = Describe(Measure(path, part.Bytes, _within));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException($"Checkpoint: {path} cannot be used: {exception.Message} Put the run's own checkpoint there.", exception);
        }
        if (found != written)
            throw new CheckpointException($"Checkpoint: {path} is damaged: {written} were written, {found} are there. {Advice}");
    }

    private const string Advice = "Delete this checkpoint's folder to go on from the one before, if there is one, or from the start.";

    private (long Bytes, string Checksum) Find(string name, string path)
    {
        try
        {
            var part = _parts![name] ?? throw new FormatException("it is not in the manifest");
            return (
                (part["bytes"] ?? throw new FormatException("the manifest does not tell its size")).GetValue<long>(),
                (part["sha256"] ?? throw new FormatException("the manifest does not tell its checksum")).GetValue<string>());
        }
        catch (Exception exception) when (IsDamage(exception))
        {
            throw new CheckpointException($"Checkpoint: {path} cannot be checked: {JsonFault.Of(exception).TrimEnd('.')}. {Advice}", exception);
        }
    }

    private static JsonNode Entry(JsonObject manifest, string name) =>
        manifest[name] ?? throw new FormatException($"it has no entry {name}.");

    private static bool IsDamage(Exception exception) =>
        exception is JsonException or InvalidOperationException or FormatException or ArgumentException or IOException
            or UnauthorizedAccessException;

    private static (long Bytes, string Checksum) Measure(string path, long mostBytes, string within)
    {
        using var file = RegularFile.Open(path, mostBytes, within);
        string checksum = Convert.ToHexStringLower(SHA256.HashData(file));
        return (file.Position, checksum);
    }

    private static string Describe((long Bytes, string Checksum) part) => $"{Counted.Of(part.Bytes, "byte")} with checksum {part.Checksum}";
}
