using ModularNetworks.Cli.CommandLine;
using ModularNetworks.Data;
using ModularNetworks.Distributed;
using ModularNetworks.Experiments;
using Spectre.Console;

namespace ModularNetworks.Cli;

/// <summary>
/// The world outside, as commands see it: console, output, data, disk, network.
/// </summary>
/// <param name="createConsole">Makes the console that shows progress; called late, since that takes long.</param>
/// <param name="output">Receives results.</param>
/// <param name="error">Receives error lines.</param>
/// <param name="data">The places where data sets are looked for.</param>
internal sealed class CliContext(Func<IAnsiConsole> createConsole, TextWriter output, TextWriter error, DataLocation data)
{
    private const string UsualProgram = "modnet";

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

    /// <summary>The place where decoded pictures are kept; null for none.</summary>
    public ImageCache? Images { get; init; }

    /// <summary>The tasks and methods of the benchmark suite.</summary>
    public SuiteCatalogue Suite { get; init; } = SuiteCatalogue.BuiltIn;

    /// <summary>The experiments for a command that can be stopped: where the reading of data takes long, error lines tell how it goes on.</summary>
    /// <param name="stop">Asks for a stop.</param>
    public ExperimentCatalogue ExperimentsUntil(CancellationToken stop) => Experiments.WatchedBy(new DataProgress(Error.WriteLine, stop));

    /// <summary>What started this process together with others, to train one run; null if nothing did.</summary>
    public MpiLauncher? Launcher { get; init; }

    /// <summary>The processes that train one run together, while they do.</summary>
    public MpiCommunicator? Ranks { get; set; }

    /// <summary>Opens standard input.</summary>
    public Func<Stream> OpenInput { get; init; } = () => Stream.Null;

    /// <summary>Makes the handler that sends requests over the network.</summary>
    public Func<HttpMessageHandler> CreateHandler { get; init; } = DataSetDownload.CreateHandler;

    /// <summary>Reads a variable of the environment that the command line names; null if it is not set.</summary>
    public Func<string, string?> Variable { get; init; } = _ => null;

    /// <summary>The name by which the tool was called, quoted for a shell: every command that is printed begins with it.</summary>
    public string Program { get; init; } = UsualProgram;

    /// <summary>A command of the tool, to be pasted into a shell.</summary>
    /// <param name="words">The words after the program's name, as they are; the result quotes them.</param>
    public string Command(params IEnumerable<string> words) => string.Join(' ', [Program, .. words.Select(ShellWord.Of)]);

    /// <summary>
    /// A text in which commands begin as the tool was called. All texts name commands as in <c>'modnet data list'</c>, so that who writes
    /// them need not know how that was.
    /// </summary>
    public string AsCalled(string text) => text.Replace($"'{UsualProgram} ", $"'{Program} ", StringComparison.Ordinal);

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
}
