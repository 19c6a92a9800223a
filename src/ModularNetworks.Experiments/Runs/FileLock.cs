namespace ModularNetworks.Experiments;

/// <summary>A file that one process, and one thread in it, holds at a time. It is gone when nobody does.</summary>
internal static class FileLock
{
    /// <summary>Takes the lock.</summary>
    /// <returns>What lets go of it when it is disposed of; null if somebody else holds it.</returns>
    /// <exception cref="IOException">The file cannot be made there.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be made there.</exception>
    public static IDisposable? TryTake(string path)
    {
        try
        {
            return new FileStream(
                path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (IOException exception) when (IsHeld(exception))
        {
            return null;
        }
    }

    // "Would block" on Linux and on macOS, and Windows' sharing violation.
    private static bool IsHeld(IOException exception) => (exception.HResult & 0xFFFF) is 11 or 35 or 32;
}
