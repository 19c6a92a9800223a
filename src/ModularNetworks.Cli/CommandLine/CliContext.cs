using ModularNetworks.Data;
using ModularNetworks.Experiments;
using Spectre.Console;

namespace ModularNetworks.Cli;

/// <summary>
/// The world outside, as commands see it: console, output, data, disk, network. Only this class reads the environment.
/// </summary>
/// <param name="createConsole">Makes the console that shows progress; called late, since that takes long.</param>
/// <param name="output">Receives results.</param>
/// <param name="error">Receives error lines.</param>
/// <param name="data">The places where data sets are looked for.</param>
internal sealed class CliContext(Func<IAnsiConsole> createConsole, TextWriter output, TextWriter error, DataLocation data)
{
    // Wide enough that help is not folded when the output goes to a file or another program.
    private const int WidthWithoutTerminal = 1000;

    private readonly Lazy<IAnsiConsole> _console = new(createConsole);

    /// <summary>The console, which shows progress and knows how wide a line may be.</summary>
    public IAnsiConsole Console => _console.Value;

    /// <summary>The writer that receives results.</summary>
    public TextWriter Output { get; } = output;

    /// <summary>The writer that receives error lines.</summary>
    public TextWriter Error { get; } = error;

    /// <summary>The places where data sets are looked for.</summary>
    public DataLocation Data { get; } = data;

    /// <summary>The disk that checkpoints and run folders are written to.</summary>
    public IDisk Disk { get; init; } = new Disk();

    /// <summary>The experiments that commands know.</summary>
    public ExperimentCatalogue Experiments { get; init; } = BuiltInExperiments.Catalogue;

    /// <summary>The tasks and methods of the benchmark suite.</summary>
    public SuiteCatalogue Suite { get; init; } = SuiteCatalogue.BuiltIn;

    /// <summary>Makes the handler that sends requests over the network.</summary>
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
