namespace ModularNetworks.Data;

/// <summary>Says why a file that was asked for cannot be opened, and what to do.</summary>
internal static class UnopenedFile
{
    /// <summary>The error to throw.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cause">What opening it told.</param>
    /// <param name="fix">A sentence that says what to do about a file that is there.</param>
    public static DataException Because(string path, Exception cause, string fix) => new(
        cause is FileNotFoundException or DirectoryNotFoundException
            ? $"{path}: there is no such file. Check the path."
            : $"{path}: cannot be opened: {cause.Message} {fix}",
        cause);
}
