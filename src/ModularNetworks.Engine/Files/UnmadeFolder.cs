namespace ModularNetworks.Engine;

/// <summary>Tells why a folder, or the folder of a file, could not be made. The system's own words name another place, or none.</summary>
public static class UnmadeFolder
{
    /// <summary>The reason, in words that follow a colon.</summary>
    /// <param name="path">The folder, or a file that was to be made with its folder.</param>
    /// <param name="cause">The system's exception.</param>
    public static string ReasonOf(string path, Exception cause)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(cause);
        string above = Existing(Path.GetFullPath(path));
        return cause switch
        {
            _ when File.Exists(above) => $"{above} is a file, not a folder",
            PathTooLongException => "its name is too long",
            UnauthorizedAccessException => $"the folder {above} may not be written to",
            FileNotFoundException or DirectoryNotFoundException => $"no folder can be made in {above}",
            _ => cause.Message.TrimEnd('.'),
        };
    }

    private static string Existing(string path)
    {
        string? found = path;
        while (found is not null && !Path.Exists(found))
            found = Path.GetDirectoryName(found);
        return found ?? path;
    }
}
