using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>A lock file: one thread of one process holds the lock at a time. The file is gone when the lock is not held.</summary>
internal static class FileLock
{
    private static readonly TimeSpan TimeToTake = TimeSpan.FromSeconds(2);

    /// <summary>Takes the lock.</summary>
    /// <returns>The lock, which is held until it is disposed of; null if another process or thread holds it.</returns>
    /// <exception cref="IOException">The file cannot be made there, or something else than a file is there.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be made there.</exception>
    public static IDisposable? TryTake(string path)
    {
        RegularFile.Require(path, within: Path.GetDirectoryName(path));
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

    /// <summary>Whether somebody holds the lock.</summary>
    public static bool IsTaken(string path)
    {
        try
        {
            // Who is just about to take it must not find it taken by this look.
            if (!File.Exists(path) || DateTime.UtcNow - File.GetLastWriteTimeUtc(path) < TimeToTake)
                return File.Exists(path);
            RegularFile.Require(path, within: Path.GetDirectoryName(path));
            using var look = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            return false; // Left behind by a process that was killed.
        }
        catch (IOException exception) when (IsHeld(exception))
        {
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // "Would block" on Linux and on macOS, and Windows' sharing violation.
    private static bool IsHeld(IOException exception) => (exception.HResult & 0xFFFF) is 11 or 35 or 32;
}
