using System.Runtime.CompilerServices;

namespace ModularNetworks.Testing;

/// <summary>Where the project's files are.</summary>
internal static class ProjectRoot
{
    /// <summary>The folder that holds the README.</summary>
    public static string Folder { get; } = Path.GetFullPath(Path.Join(Path.GetDirectoryName(ThisFile()), "..", ".."));

    /// <summary>A text file of the project, with line feeds alone between its lines.</summary>
    /// <param name="path">The parts of its path below the root.</param>
    public static string ReadText(params string[] path) =>
        File.ReadAllText(Path.Join([Folder, .. path])).ReplaceLineEndings("\n");

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
