using ModularNetworks.Data;
using Spectre.Console;

namespace ModularNetworks.Cli;

/// <summary>What commands get from the world outside; the only place that reads the environment.</summary>
/// <param name="createConsole">Makes the console that shows progress; asked for when it is needed, since it takes long.</param>
/// <param name="output">Receives results.</param>
/// <param name="error">Receives error lines.</param>
/// <param name="data">Where data sets are looked for.</param>
internal sealed class CliContext(Func<IAnsiConsole> createConsole, TextWriter output, TextWriter error, DataLocation data)
{
    // Wide enough that help is not folded when the output goes to a file or another program.
    private const int WidthWithoutTerminal = 1000;

    private readonly Lazy<IAnsiConsole> _console = new(createConsole);

    /// <summary>Shows progress, and knows how wide a line may be.</summary>
    public IAnsiConsole Console => _console.Value;

    /// <summary>Receives results.</summary>
    public TextWriter Output { get; } = output;

    /// <summary>Receives error lines.</summary>
    public TextWriter Error { get; } = error;

    /// <summary>Where data sets are looked for.</summary>
    public DataLocation Data { get; } = data;

    /// <summary>Writes checkpoints and run folders.</summary>
    public IDisk Disk { get; init; } = new Disk();

    /// <summary>Makes what sends requests over the network.</summary>
    public Func<HttpMessageHandler> CreateHandler { get; init; } = DataSetDownload.CreateHandler;

    /// <summary>Writes a line that programs read as well as people: plain, and never folded at the console's width.</summary>
    public void WriteLine(string line) => Output.WriteLine(line);

    /// <summary>The context of the running process.</summary>
    public static CliContext OfThisProcess()
    {
        string? data = Environment.GetEnvironmentVariable(DataLocation.VariableName);
        return new CliContext(
            ConsoleOfThisProcess, System.Console.Out, System.Console.Error, new DataLocation(data, CacheFolder()));
    }

    private static IAnsiConsole ConsoleOfThisProcess()
    {
        bool plain = System.Console.IsOutputRedirected;
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = plain ? AnsiSupport.No : AnsiSupport.Detect });
        if (plain)
            console.Profile.Width = WidthWithoutTerminal;
        return console;
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
