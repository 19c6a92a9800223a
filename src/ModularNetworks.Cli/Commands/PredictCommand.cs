using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using ModularNetworks.Cli.CommandLine;
using ModularNetworks.Cli.Training;
using ModularNetworks.Experiments;

namespace ModularNetworks.Cli.Commands;

/// <summary><c>modnet predict</c>: what follows texts, as a trained language model finds, or the target of a table's rows.</summary>
internal sealed class PredictCommand : Command
{
    private const int DefaultTop = 5;

    // A space and a line end by themselves can be seen in quotes.
    private static readonly JsonSerializerOptions Quoted = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly CliContext _context;
    private readonly TextRunInputs _inputs;
    private readonly Argument<string[]> _texts = new("INPUT")
    {
        Description = "The texts, each by itself (default: the lines of standard input). Of a run of train table, a table (CSV) with the columns of "
            + "the training, in any order if they have names; it may lack the target.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<int?> _top = new("--top")
    {
        Description = $"How many of the most probable characters, or words, to tell. (default: {DefaultTop})",
        HelpName = "N",
    };

    private readonly Option<bool> _strict = new("--strict")
    {
        Description = "Stop at the first text or row that cannot be read; else it is named, and the others are done. (default: off)",
    };

    private readonly Option<bool> _json = new("--json") { Description = "Print a JSON object for each text, in a line. (default: off)" };

    public PredictCommand(CliContext context)
        : base("predict", "Tells what follows each of some texts, with probabilities, and which modules decided; or predicts for the rows of a table.")
    {
        _context = context;
        _inputs = new TextRunInputs(context, this, "train text, ptb or table");
        Arguments.Add(_texts);
        foreach (var option in (Option[])[_top, _strict, _json])
            Options.Add(option);
        SetAction(Run);
    }

    private int Run(ParseResult result)
    {
        var run = _inputs.OpenRun(result);
        return run.ReadOptions(_context.Experiments) is TableOptions ? PredictTable(run, result) : PredictTexts(result);
    }

    private int PredictTable(RunFolder run, ParseResult result)
    {
        if (result.GetValue(_json) || result.GetValue(_top) is not null)
            throw new UserErrorException("predict: a run of train table prints a table; --json and --top are for texts. Leave them out.");
        return result.GetValue(_texts) is [var file]
            ? new TablePredictions(_context).Print(run, file, result.GetValue(_strict))
            : throw new UserErrorException("predict: a run of train table predicts for one table. Give one file.");
    }

    private int PredictTexts(ParseResult result)
    {
        int top = result.GetValue(_top) ?? DefaultTop, number = 0, exitCode = ExitCode.Success;
        if (top < 1)
            throw new UserErrorException($"predict: --top {top}: at least 1 is needed.");
        var model = _inputs.Load(result);
        string[] given = result.GetValue(_texts) ?? [];
        string source = given.Length > 0 ? "text" : "line";
        foreach (string text in given.Length > 0 ? given : Lines())
        {
            try
            {
                var prediction = model.Predict(_inputs.Encode(model.Encoding, $"{source} {++number}", text), top);
                _context.WriteLine(result.GetValue(_json) ? RecordJson.Write(new PredictedText(text, prediction)) : Line(text, prediction));
            }
            catch (UserErrorException exception) when (!result.GetValue(_strict))
            {
                _context.Error.WriteLine(ErrorLine.Of(exception));
                exitCode = ExitCode.BadInput;
            }
        }
        return exitCode;
    }

    private IEnumerable<string> Lines()
    {
        using var input = _context.OpenInput();
        while (input.ReadLine() is { } line)
            yield return line;
    }

    private static string Line(string text, TextPrediction prediction)
    {
        var next = prediction.Next.Select(next => $"{Quote(next.Token)} {next.Probability.ToString("P1", CultureInfo.InvariantCulture)}");
        string modules = prediction.Modules.Count == 1 ? "module" : "modules";
        return $"{Quote(text)}: {string.Join(", ", next)}; by {modules} {string.Join(", ", prediction.Modules)}";
    }

    private static string Quote(string text) => JsonSerializer.Serialize(text, Quoted);

    private sealed record PredictedText(string Text, [property: FlatPart] TextPrediction Prediction);
}
