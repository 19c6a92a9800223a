using ModularNetworks.Data;
using Spectre.Console;

namespace ModularNetworks.Cli;

/// <summary>What commands get from the world outside; the only place that reads the environment.</summary>
/// <param name="Console">Receives results.</param>
/// <param name="Error">Receives error lines.</param>
/// <param name="Data">Where data sets are looked for.</param>
internal sealed record CliContext(IAnsiConsole Console, TextWriter Error, DataLocation Data)
{
    // Wide enough that help is not folded when the output goes to a file or another program.
    private const int WidthWithoutTerminal = 1000;

    /// <summary>Writes a line that programs read as well as people: plain, and never folded at the console's width.</summary>
    public void WriteLine(string line) => Console.Profile.Out.Writer.WriteLine(line);

    /// <summary>The context of the running process.</summary>
    public static CliContext OfThisProcess()
    {
        bool plain = System.Console.IsOutputRedirected;
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = plain ? AnsiSupport.No : AnsiSupport.Detect });
        if (plain)
            console.Profile.Width = WidthWithoutTerminal;
        string? data = Environment.GetEnvironmentVariable(DataLocation.VariableName);
        return new CliContext(console, System.Console.Error, new DataLocation(data, CacheFolder()));
    }

    private static string CacheFolder()
    {
        string? stated = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        if (!string.IsNullOrEmpty(stated))
            return stated;
        return OperatingSystem.IsWindows()
            ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
            : Path.Join(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
    }
}
