using System.CommandLine;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using ModularNetworks.Cli;
using ModularNetworks.Cli.Commands;
using ModularNetworks.Experiments;

namespace ModularNetworks.Fuzz;

/// <summary>A command line, run by the whole tool; an input has an argument a line.</summary>
/// <remarks>
/// Nothing is trained or measured for long: the tool is told to stop before it begins. Paths out of the current folder are not
/// made, since who names one as an output means it.
/// </remarks>
internal sealed class CommandLineTarget : FuzzTarget
{
    private const string Run = "toy";
    private const string BenchFile = "bench.json";

    private static readonly string[] Values =
    [
        Run, "data", BenchFile, "nothing", "out", "ptb", "text", "optdigits", "cifar10", "images", "em", "topk", "fixed", "reinforce", "paper", "best", "none",
        "lm", "gemm", "test", "valid", "em-15-1", "0", "1", "-1", "2", "3", "1e3", "99999999999", "18446744073709551616", "", " ", "=", "true", "*", "@x", "é",
    ];

    private static readonly string[] Keys = [.. OptionsJson.Names(new ToyOptions()), .. OptionsJson.Names(new OptdigitsOptions())];

    private readonly string _before = Environment.CurrentDirectory;
    private readonly CapturedTool _tool;
    private readonly (string[] Path, string[] Options)[] _commands;
    private readonly Gen<string> _value;

    public CommandLineTarget()
    {
        new ToyRun(Sandbox, Run).Dispose();
        Sandbox.Put(BenchFile, Encoding.UTF8.GetBytes(SmallResults.Bench));
        _tool = new CapturedTool(Sandbox);
        _commands = [.. Commands(new ModnetCommand(_tool.Context), [])];
        _value = Gen.Frequency(
            (8, Gen.Elements(Values)),
            (2, from key in Gen.Elements(Keys) from value in JsonInputs.Value select $"{key}={value.Trim('"')}"),
            (1, ArbMap.Default.GeneratorFor<string>().Select(text => text ?? "")));
        Environment.CurrentDirectory = Sandbox.Path;
    }

    public override string Name => "command-line";

    public override bool MayWrite => true;

    // The page of a report, and the options' descriptions in the help.
    public override long MostBytes => 64 * Megabyte;

    // Each option has a value.
    public override int MostBytesPerByte => 4000;

    protected override IReadOnlyList<byte[]> Samples => [];

    public override byte[] Make(Draws draws)
    {
        var (path, options) = draws.OneOf(_commands);
        string[] words = draws.From(Words(options));
        byte[] line = Encoding.UTF8.GetBytes(string.Join('\n', [.. path, .. words]));
        return draws.OneIn(4) ? Mutation.Of(draws, [line]) : line;
    }

    public override bool Read(byte[] input)
    {
        // No argument of a process has a zero in it.
        string[] arguments = Encoding.UTF8.GetString(input).Replace("\0", "", StringComparison.Ordinal).Replace("..", "__", StringComparison.Ordinal)
            .Replace('/', '_').Split('\n');
        int exitCode = 0;
        string error = "";
        if (!Accepts(() => (exitCode, error) = _tool.Run([.. arguments, .. Shortened(arguments)])))
            throw new FuzzFailureException("the tool let an exception pass");
        string[] lines = error.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        bool isVerbose = arguments.Any(argument => argument.StartsWith("--verbose", StringComparison.Ordinal));
        bool isClear = exitCode == ExitCode.BadInput
            ? lines.Length >= 1 && lines[0].StartsWith("modnet: ", StringComparison.Ordinal) && !lines[0].Any(char.IsControl)
            : exitCode is ExitCode.Success or ExitCode.Failure or ExitCode.Interrupted;
        // A report tells each folder that cannot be read.
        int most = arguments[0] == "report" ? arguments.Length : 1;
        return isClear && (lines.Length <= most || isVerbose)
            ? exitCode != ExitCode.BadInput
            : throw new FuzzFailureException($"exit code {exitCode}, and on the error output: {error}");
    }

    protected override void Dispose(bool disposing)
    {
        Environment.CurrentDirectory = _before;
        _tool.Dispose();
        base.Dispose(disposing);
    }

    // A toy problem is tried before it is trained, and what runs is measured before anybody looks whether to stop: both are asked
    // for and take their time.
    private static string[] Shortened(string[] arguments) => arguments switch
    {
        ["train", "toy", ..] when !arguments.Contains("--resume") => ["--set", "starts=1", "--set", "points=60"],
        ["bench", ..] => ["--from", BenchFile],
        _ => [],
    };

    private Gen<string[]> Words(string[] options)
    {
        var option = from name in Gen.Elements(options) from value in _value select (string[])[name, value];
        var joined = from name in Gen.Elements(options) from value in _value select (string[])[$"{name}={value}"];
        var alone = Gen.Elements(options).Select(name => (string[])[name]);
        var lone = _value.Select(one => (string[])[one]);
        return Gen.Frequency((5, option), (1, joined), (1, alone), (3, lone)).ArrayOf().Select(parts => parts.Take(6).SelectMany(words => words).ToArray());
    }

    private static IEnumerable<(string[] Path, string[] Options)> Commands(Command command, string[] path)
    {
        string[] options = [.. command.Options.Select(option => option.Name), "--verbose", "--help", "--version", "--"];
        return [(path, options), .. command.Subcommands.SelectMany(inner => Commands(inner, [.. path, inner.Name]))];
    }
}
