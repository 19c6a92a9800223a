using System.Reflection;

namespace ModularNetworks.Cli;

/// <summary>The version of the tool.</summary>
internal static class ToolVersion
{
    private const char BuildMark = '+';
    private const int CommitLength = 7;

    /// <summary>The version without the commit, such as <c>0.1.0</c>.</summary>
    public static string Text { get; } = Informational.Split(BuildMark)[0];

    /// <summary>
    /// The version and the commit that it was built from, as runs record it, such as <c>0.1.0+1a2b3c4</c>; without a commit
    /// if it was not built in a repository.
    /// </summary>
    public static string WithCommit { get; } =
        Informational[..Math.Min(Informational.Length, Text.Length + 1 + CommitLength)];

    private static string Informational => typeof(ToolVersion).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
}
