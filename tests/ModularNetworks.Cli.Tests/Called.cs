using ModularNetworks.Data;

namespace ModularNetworks.Cli.Tests;

/// <summary>Command lines that are run in process, where no data set can be found.</summary>
internal static class Called
{
    /// <summary>Runs a command line, whatever becomes of it.</summary>
    public static (int ExitCode, string Output, string Error) Any(params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        return (Transcript.Run(arguments, new DataLocation(null, "/no-cache"), output, error), output.ToString(), error.ToString());
    }

    /// <summary>Runs a command line that must succeed.</summary>
    /// <returns>What it printed.</returns>
    public static string Run(params string[] arguments)
    {
        var (exitCode, output, error) = Any(arguments);
        Assert.True(exitCode == 0, error);
        return output;
    }

    /// <summary>Runs a command line that must be refused in one line.</summary>
    /// <returns>The line.</returns>
    public static string Refusal(params string[] arguments)
    {
        var (exitCode, output, error) = Any(arguments);
        Assert.Equal((2, ""), (exitCode, output));
        return Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)) + "\n";
    }
}
