using System.Globalization;
using ModularNetworks.Data;
using ModularNetworks.Distributed;
using ModularNetworks.Experiments;
using Spectre.Console;

namespace ModularNetworks.Cli.CommandLine;

/// <summary>The world outside of the running process. Only this class reads the environment.</summary>
internal static class ThisProcess
{
    // Set by the scripts that start the tool.
    private const string CalledAs = "MODNET_CALLED_AS";

    // Wide enough that help is not folded when the output goes to a file or another program.
    private const int WidthWithoutTerminal = 1000;

    /// <summary>The context for the commands.</summary>
    public static CliContext Context()
    {
        string? data = Environment.GetEnvironmentVariable(DataLocation.VariableName);
        var output = StandardStreams.Output;
        // Threads of the console's own draw on it, where a failure would end the process; results are written to the output itself.
        Console.SetOut(GuardedWriter.Silent(output));
        var (error, location) = (StandardStreams.Error, new DataLocation(data, CacheFolder()));
        var images = Images(location);
        return new CliContext(CreateConsole, output, error, location)
        {
            Experiments = BuiltInExperiments.With(images, Texts(location, error)),
            Images = images,
            Program = Program(),
            Launcher = MpiLauncher.Find(Environment.GetEnvironmentVariable),
            OpenInput = StandardStreams.OpenInput,
            Variable = Environment.GetEnvironmentVariable,
        };
    }

    /// <summary>The place where decoded pictures are kept; null if the user has no cache folder.</summary>
    private static ImageCache? Images(DataLocation location) => location.Cache("images") is { } folder ? new ImageCache(folder) : null;

    /// <summary>The place where long texts are kept as ids; null if the user has no cache folder.</summary>
    private static TextCache? Texts(DataLocation location, TextWriter error) => location.Cache("texts") is not { } folder ? null : new TextCache(folder)
    {
        Begins = (path, bytes) => error.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{path}: {bytes >> 20} MiB are encoded once, and kept in {folder}")),
    };

    private static IAnsiConsole CreateConsole()
    {
        bool plain = Console.IsOutputRedirected;
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = plain ? AnsiSupport.No : AnsiSupport.Detect });
        if (plain)
            console.Profile.Width = WidthWithoutTerminal;
        return console;
    }

    /// <summary>What to write in a shell to call the tool again.</summary>
    private static string Program()
    {
        if (Environment.GetEnvironmentVariable(CalledAs) is { Length: > 0 } script)
            return ShellWord.Of(script);
        const string Host = "dotnet";
        return Environment.ProcessPath is { } program && Path.GetFileNameWithoutExtension(program) != Host
            ? ShellWord.Of(program)
            : $"{Host} {ShellWord.Of(Environment.GetCommandLineArgs()[0])}";
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
