using System.CommandLine;
using ModularNetworks.Cli.CommandLine;

namespace ModularNetworks.Cli.Training;

/// <summary>The options of where predictions go, and in which form; for all kinds of data.</summary>
internal sealed class PredictionOutput
{
    private readonly CliContext _context;
    private readonly string _command;
    private readonly Option<bool> _json = new("--json") { Description = "Print a JSON object for each text, image or row, in a line. (default: off)" };

    private readonly Option<bool> _csv = new("--csv")
    {
        Description = "Print a table (CSV) with a row for each text, image or row. (default: off; always for runs of train table)",
    };

    private readonly Option<string?> _file = new("--output", "-o")
    {
        Description = "The file to write; it is replaced when all is done. (default: standard output)",
        HelpName = "FILE",
    };

    /// <summary>Adds the options to a command.</summary>
    /// <param name="context">Has standard output, and the disk.</param>
    /// <param name="command">The command.</param>
    public PredictionOutput(CliContext context, Command command)
    {
        (_context, _command) = (context, command.Name);
        foreach (var option in (Option[])[_json, _csv, _file])
            command.Options.Add(option);
    }

    /// <summary>The form that is asked for.</summary>
    /// <exception cref="UserErrorException">Two are.</exception>
    public PredictionFormat FormatOf(ParseResult result) => (result.GetValue(_json), result.GetValue(_csv)) switch
    {
        (true, true) => throw new UserErrorException($"{_command}: --json and --csv cannot go together. Leave one out."),
        (true, false) => PredictionFormat.Json,
        (false, true) => PredictionFormat.Csv,
        _ => PredictionFormat.Usual,
    };

    /// <summary>Writes to the file, or to standard output.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="write">Writes the predictions and returns the exit code. If it throws, no file is written or replaced.</param>
    /// <returns>The exit code.</returns>
    public int Write(ParseResult result, Func<TextWriter, int> write)
    {
        if (result.GetValue(_file) is not { } name)
            return write(_context.Output);
        int exitCode = ExitCode.Success;
        OutputFile.Of(_command, name).Write(_context.Disk, stream =>
        {
            using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
            exitCode = write(writer);
        });
        return exitCode;
    }
}
