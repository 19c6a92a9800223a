using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ModularNetworks.Testing;

/// <summary>Runs lines for bash in processes of their own.</summary>
internal static class Bash
{
    /// <summary>What runs programs of .NET, not by the search path, which lines may change.</summary>
    public static string Host => Path.GetFullPath(Path.Join(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));

    /// <summary>Runs a line with nothing to read, and waits for its end.</summary>
    /// <param name="line">The line.</param>
    /// <param name="folder">The working folder; that of the tests if it is empty.</param>
    /// <param name="environment">Variables that the line has beside those of the tests; null takes one away.</param>
    public static ShellResult Run(string line, string folder = "", params ReadOnlySpan<(string Name, string? Value)> environment)
    {
        var start = new ProcessStartInfo("bash", ["-c", line])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new ShellResult(process.ExitCode, output, error.Result);
    }
}

/// <summary>The end of a line for bash.</summary>
internal sealed record ShellResult(int ExitCode, string Output, string Error);
