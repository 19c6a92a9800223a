namespace ModularNetworks.Experiments;

/// <summary>The folders that have to be made for a path. Those in which there is nothing in the end are removed.</summary>
internal sealed class MadeFolders
{
    private readonly string[] _missing;

    /// <summary>Notes which folders there are before they are made.</summary>
    /// <param name="path">The full path of the innermost folder.</param>
    public MadeFolders(string path) => _missing = [.. WithThoseAbove(path).TakeWhile(folder => !Directory.Exists(folder))];

    /// <summary>Something that is in the innermost folder until it is disposed of; then the empty folders are removed.</summary>
    public IDisposable KeepUntilDisposed(IDisposable content) => new Content(content, _missing);

    private static IEnumerable<string> WithThoseAbove(string path)
    {
        for (string? folder = path; folder is not null; folder = Path.GetDirectoryName(folder))
            yield return folder;
    }

    private sealed class Content(IDisposable inner, IReadOnlyList<string> folders) : IDisposable
    {
        public void Dispose()
        {
            inner.Dispose();
            try
            {
                foreach (string folder in folders)
                    Directory.Delete(folder);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // There is something in the folder, and thus in those above it; or it may stay, as an empty one does no harm.
            }
        }
    }
}
