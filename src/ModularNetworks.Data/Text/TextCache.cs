namespace ModularNetworks.Data;

/// <summary>
/// Keeps long texts as files of ids in a folder, so that each is read and encoded once, and its training text need not fit into memory.
/// </summary>
/// <remarks>
/// <para>
/// A text is found by the checksum (XxHash128) of its bytes and by the settings with which it is read, so that a text that was changed is never
/// taken for what it was. Its files are therefore read each time, which takes a small part of the time of encoding them.
/// </para>
/// <para>
/// A file is written beside its place and then renamed, and ends with a checksum. Where it is missing, damaged or of another version, the text is
/// encoded again. What an interruption left is deleted when the next text is written, and so are the oldest files when all take more than
/// 64 GiB. The folder may be deleted at any time when nobody trains.
/// </para>
/// </remarks>
/// <param name="folder">The folder, which need not exist.</param>
public sealed class TextCache(string folder)
{
    private const string Extension = ".tokens";
    private const string Unfinished = ".writing";
    private const long MostBytes = 64L << 30;

    /// <summary>The number of bytes from which on a text is kept; shorter ones are encoded each time, in memory.</summary>
    public long SmallestText { get; init; } = 64L << 20;

    /// <summary>Is told, before a text is encoded, its path and its bytes; null for none.</summary>
    public Action<string, long>? Begins { get; init; }

    /// <summary>Reads a text, which is encoded if the folder does not have it.</summary>
    /// <exception cref="DataException">The text cannot be learned from, or its ids cannot be written.</exception>
    internal TextCorpus Load(TextSource text, PlainTextSettings settings)
    {
        string path = Path.Join(folder, KeyOf(text, settings) + Extension);
        if (Read(path) is { } kept)
            return kept;
        Begins?.Invoke(text.Source, text.Bytes);
        Write(path, text, TextFit.Fit(text, settings));
        return Read(path) ?? throw new DataException($"{path}: was written, and cannot be read again. Check the disk.");
    }

    private static string KeyOf(TextSource text, PlainTextSettings settings)
    {
        var key = new Fingerprint();
        key.Add(text.Checksum);
        key.Add($"{settings.Unit} {settings.Vocabulary} {settings.MinimumCount}");
        return key.ToString();
    }

    private static TextCorpus? Read(string path)
    {
        try
        {
            return File.Exists(path) ? TokenFile.Read(path) : null;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return null; // Whatever is wrong with it: it is made again.
        }
    }

    private void Write(string path, TextSource text, TextEncoding encoding)
    {
        string beside = $"{path}.{Environment.ProcessId}{Unfinished}";
        try
        {
            Directory.CreateDirectory(folder);
            DeleteUnfinished();
            TokenFile.Write(beside, text, encoding);
            File.Move(beside, path, overwrite: true);
            DeleteOldest();
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new DataException(
                $"{folder}: the numbers of {text.Source} cannot be written there: {cause.Message} Make room, or set XDG_CACHE_HOME to another folder.", cause);
        }
        finally
        {
            if (File.Exists(beside))
                File.Delete(beside);
        }
    }

    private void DeleteUnfinished()
    {
        foreach (string path in Directory.EnumerateFiles(folder, $"*{Unfinished}"))
        {
            try
            {
                // Who still writes it does not share it.
                using (new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
                    File.Delete(path);
            }
            catch (IOException)
            {
                // Another process works on it.
            }
        }
    }

    private void DeleteOldest()
    {
        long bytes = 0;
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles($"*{Extension}").OrderByDescending(file => file.LastWriteTimeUtc))
        {
            bytes += file.Length;
            if (bytes > MostBytes)
                file.Delete();
        }
    }
}
