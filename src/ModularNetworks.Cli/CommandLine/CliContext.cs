using ModularNetworks.Cli.CommandLine;
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

    /// <summary>The writer that receives results. Where it fails, it throws a <see cref="StandardOutputException"/>.</summary>
    public TextWriter Output { get; } = GuardedWriter.Telling(output);

    /// <summary>The writer that receives error lines. Where it fails, they are lost: there is nowhere else to tell them.</summary>
    public TextWriter Error { get; } = GuardedWriter.Silent(error);

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

    /// <summary>Checks, before any work, that its results can be written and that there is a folder that paths are relative to.</summary>
    /// <param name="needsFolder">Whether a working folder is needed.</param>
    /// <exception cref="StandardOutputException">Standard output is closed.</exception>
    /// <exception cref="UserErrorException">The working folder was deleted.</exception>
    public void RequireOutside(bool needsFolder)
    {
        Output.Flush();
        try
        {
            _ = needsFolder ? Directory.GetCurrentDirectory() : null;
        }
        catch (IOException exception)
        {
            throw new UserErrorException("The working folder is not there any more. Change to another folder.", exception);
        }
    }

    /// <summary>The context of the running process.</summary>
    public static CliContext OfThisProcess()
    {
        string? data = Environment.GetEnvironmentVariable(DataLocation.VariableName);
        var output = StandardStreams.Output;
        // Threads of the console's own draw on it, where a failure would end the process; results are written to the output itself.
        System.Console.SetOut(GuardedWriter.Silent(output));
        return new CliContext(ConsoleOfThisProcess, output, StandardStreams.Error, new DataLocation(data, CacheFolder()));
    }

    private static IAnsiConsole ConsoleOfThisProcess()
    {
        bool plain = System.Console.IsOutputRedirected;
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = plain ? AnsiSupport.No : AnsiSupport.Detect });
        if (plain)
            console.Profile.Width = WidthWithoutTerminal;
        return console;
    }

    // Empty and relative paths are ignored, as the XDG Base Directory Specification demands: data would come into the working folder.
    private static string? CacheFolder()
    {
        string? stated = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        if (Path.IsPathFullyQualified(stated ?? ""))
            return stated;
        if (OperatingSystem.IsWindows())
            return Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData) is { Length: > 0 } local ? local : null;
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        // The runtime says the root where it knows of no home folder, and nothing where the folder is not there.
        bool isHome = Path.IsPathFullyQualified(home) && (home != "/" || Environment.GetEnvironmentVariable("HOME") == home);
        return isHome ? Path.Join(home, ".cache") : null;
    }
}
