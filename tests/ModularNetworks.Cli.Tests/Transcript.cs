using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using ModularNetworks.Data;
using ModularNetworks.Experiments;
using Spectre.Console;

namespace ModularNetworks.Cli.Tests;

/// <summary>Runs command lines in process and compares all they print with a file under Transcripts.</summary>
internal sealed partial class Transcript
{
    /// <summary>Set this variable to 1 to write what is printed to the files instead of comparing.</summary>
    public const string RewriteVariable = "MODNET_REWRITE_TRANSCRIPTS";

    private const int Width = 100;

    private readonly StringBuilder _text = new();
    private readonly List<(string Found, string Shown)> _replacements = [];

    /// <summary>
    /// Whether measured numbers are shown as #: times, and results, whose last digits depend on the machine's vectors.
    /// </summary>
    public bool HidesMeasurements { get; init; }

    /// <summary>The benchmark suite that the commands know.</summary>
    public SuiteCatalogue Suite { get; init; } = SuiteCatalogue.BuiltIn;

    /// <summary>The environment that the commands see.</summary>
    public DataLocation Data { get; init; } = new(DataFolder: null, CacheFolder: "/no-cache");

    /// <summary>Shows a part of the output that differs from run to run, such as a folder, by another text.</summary>
    public void Replace(string found, string shown) => _replacements.Add((found, shown));

    /// <summary>Runs a command line and notes what it prints.</summary>
    public void Run(params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        int exitCode = Run(arguments, Data, output, error, BuiltInExperiments.Catalogue, Suite);
        _text.Append($"$ {string.Join(' ', ["modnet", .. arguments])}\n")
            .Append(HidesMeasurements ? Measurement().Replace(output.ToString(), "$1#") : output.ToString());
        foreach (string line in error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries))
            _text.Append($"[error] {line}\n");
        _text.Append($"[exit code {exitCode}]\n");
    }

    /// <summary>Runs a command line.</summary>
    public static int Run(string[] arguments, DataLocation data, TextWriter output, TextWriter error) =>
        Run(arguments, data, output, error, BuiltInExperiments.Catalogue);

    /// <summary>Runs a command line of a tool that knows other experiments.</summary>
    public static int Run(string[] arguments, DataLocation data, TextWriter output, TextWriter error, ExperimentCatalogue experiments) =>
        Run(arguments, data, output, error, experiments, SuiteCatalogue.BuiltIn);

    private static int Run(
        string[] arguments, DataLocation data, TextWriter output, TextWriter error, ExperimentCatalogue experiments, SuiteCatalogue suite)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(output),
        });
        console.Profile.Width = Width;
        return new Application(new CliContext(() => console, output, error, data) { Experiments = experiments, Suite = suite }).Run(arguments);
    }

    /// <summary>Compares everything noted so far with Transcripts/<paramref name="name"/>.txt.</summary>
    public void Check(string name, [CallerFilePath] string caller = "")
    {
        string text = _text.ToString().ReplaceLineEndings("\n");
        foreach (var (found, shown) in _replacements)
            text = text.Replace(found, shown, StringComparison.Ordinal);
        string path = Path.Join(Path.GetDirectoryName(caller), "Transcripts", $"{name}.txt");
        if (Environment.GetEnvironmentVariable(RewriteVariable) == "1")
            File.WriteAllText(path, text);
        Assert.True(File.Exists(path), $"Transcripts/{name}.txt is missing; set {RewriteVariable}=1 to write it.");
        Assert.Equal(File.ReadAllText(path).ReplaceLineEndings("\n"), text);
    }

    // Numbers with decimals, powers of ten, percentages and items of JSON arrays, with all but one of the spaces that
    // align them.
    [GeneratedRegex(
        @"(^ +| )? *(?:-?\d+\.\d+(?:E[+-]\d+)?|-?\d+E[+-]\d+|\d+(?= %)|(?<=^ +)\d+(?=,?\r?$))", RegexOptions.Multiline)]
    private static partial Regex Measurement();
}
