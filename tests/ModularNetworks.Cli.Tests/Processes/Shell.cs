namespace ModularNetworks.Cli.Tests;

/// <summary>Runs the built tool in processes of their own, by lines for bash in which <c>modnet</c> is the tool.</summary>
internal static class Shell
{
    private const string Prelude = "modnet() { \"$MODNET_HOST\" \"$MODNET_TOOL\" \"$@\"; }\n";

    /// <summary>Skips the test where there is no bash, or none of the devices that it needs.</summary>
    public static void Require(string line)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs bash");
        Assert.SkipWhen(line.Contains("/dev/full", StringComparison.Ordinal) && !File.Exists("/dev/full"), "needs /dev/full");
    }

    /// <summary>Writes a program for sh.</summary>
    public static void WriteProgram(string path, string script)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    /// <summary>Runs a line for bash, without data sets in its environment.</summary>
    /// <param name="folder">The working folder.</param>
    /// <param name="line">The line.</param>
    public static ShellResult Run(string folder, string line)
    {
        Require(line);
        return Bash.Run(
            Prelude + line,
            folder,
            ("MODNET_HOST", Bash.Host),
            ("MODNET_TOOL", Path.Join(AppContext.BaseDirectory, "modnet.dll")),
            ("MODNET_DATA", null));
    }
}
