using System.Reflection;

namespace ModularNetworks.Cli;

/// <summary>The version of the tool.</summary>
internal static class ToolVersion
{
    /// <summary>Such as <c>0.1.0</c>.</summary>
    public static string Text { get; } = typeof(ToolVersion).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
}
