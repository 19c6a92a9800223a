namespace ModularNetworks.Data;

/// <summary>Finds programs of the operating system.</summary>
internal static class SystemTool
{
    /// <summary>The folders in which the operating system looks for programs.</summary>
    public static string? SearchPath => Environment.GetEnvironmentVariable("PATH");

    /// <summary>The path of a program in the folders of a search path.</summary>
    /// <param name="name">The program's name without a folder and without <c>.exe</c>.</param>
    /// <param name="searchPath">Usually <see cref="SearchPath"/>.</param>
    /// <returns>Null if it is in none of them.</returns>
    /// <remarks>
    /// <see cref="System.Diagnostics.Process"/> would look in the current folder first, where a data set could bring a
    /// program of that name along; for the same reason folders that are relative to the current one are passed over.
    /// </remarks>
    public static string? Find(string name, string? searchPath)
    {
        string file = OperatingSystem.IsWindows() ? name + ".exe" : name;
        return (searchPath ?? "").Split(Path.PathSeparator)
            .Where(Path.IsPathFullyQualified)
            .Select(folder => Path.Join(folder, file))
            .FirstOrDefault(IsProgram);
    }

    private static bool IsProgram(string path)
    {
        const UnixFileMode Execute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        return File.Exists(path) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & Execute) != 0);
    }
}
