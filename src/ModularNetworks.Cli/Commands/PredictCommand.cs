using System.CommandLine;
using System.Globalization;
using ModularNetworks.Cli.CommandLine;
using ModularNetworks.Cli.Training;
using ModularNetworks.Data;
using ModularNetworks.Experiments;

namespace ModularNetworks.Cli.Commands;

/// <summary><c>modnet predict</c>: what follows texts, the target of a table's rows, or the classes of pictures, as a trained network finds.</summary>
internal sealed class PredictCommand : Command
{
    private const int DefaultTop = 5;
    private const string StandardInput = "-";

    private readonly CliContext _context;
    private readonly TextRunInputs _inputs;
    private readonly PredictionOutput _output;
    private readonly Argument<string[]> _given = new("INPUT")
    {
        Description = "The texts, each by itself (default: the lines of standard input). Of a run of train table, a table (CSV or Parquet; default, or -: CSV on "
            + "standard input) with the columns of the training, in any order if they have names; it may lack the target. Of a run on images, picture files, and folders, of which all "
            + "pictures are taken, also those in folders in them (default, or -: the names in the lines of standard input).",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<int?> _top = new("--top")
    {
        Description = $"How many of the most probable characters, words, tokens or classes to tell. (default: {DefaultTop})",
        HelpName = "N",
    };

    private readonly Option<bool> _strict = new("--strict")
    {
        Description = "Stop at the first text, row or picture that cannot be read; else it is named, and the others are done. (default: off)",
    };

    public PredictCommand(CliContext context)
        : base("predict", "Predicts what follows texts, the target of a table's rows, or the classes of pictures, with probabilities, and tells which modules decided.")
    {
        _context = context;
        _inputs = new TextRunInputs(context, this, "train text, ptb, table, images, cifar10 or optdigits");
        Arguments.Add(_given);
        Options.Add(_top);
        Options.Add(_strict);
        _output = new PredictionOutput(context, this);
        SetAction(Run);
    }

    private int Run(ParseResult result)
    {
        var run = _inputs.OpenRun(result);
        var format = _output.FormatOf(result);
        return run.ReadOptions(_context.Experiments) switch
        {
            TableOptions => PredictTable(run, result, format),
            ImageClassifierOptions => PredictImages(run, result, format),
            _ => PredictTexts(result, format),
        };
    }

    private int PredictTable(RunFolder run, ParseResult result, PredictionFormat format)
    {
        if (result.GetValue(_top) is not null)
            throw new UserErrorException("predict: a run of train table tells the probabilities of all classes; --top is for texts and pictures. Leave it out.");
        var (given, data) = (Files(result), _inputs.DataOf(result));
        if (given is [""])
            throw new UserErrorException("predict: the name of the table is empty. Give a file, or the table on standard input.");
        return given.Length <= 1
            ? _output.Write(result, output => new TablePredictions(_context).Print(run, data, given.FirstOrDefault(), format, result.GetValue(_strict), output))
            : throw new UserErrorException("predict: a run of train table predicts for one table. Give one file, or the table on standard input.");
    }

    private int PredictImages(RunFolder run, ParseResult result, PredictionFormat format)
    {
        if (format == PredictionFormat.Csv && result.GetValue(_top) is not null)
            throw new UserErrorException("predict: a table (--csv) of pictures tells the probabilities of all classes. Leave --top out.");
        int top = Top(result);
        var model = ImageModel.Load(run, _inputs.DataOf(result));
        string[] given = Files(result);
        return _output.Write(result, output =>
        {
            using var answers = new ImageAnswers(output, model, format, top);
            bool isStream = given.Length == 0;
            var files = isStream ? Lines().SelectMany(NamedPictures) : given.SelectMany(PictureFiles.Of);
            return new ImagePredictions(_context, model).Print(files, isStream, result.GetValue(_strict), answers);
        });
    }

    private int PredictTexts(ParseResult result, PredictionFormat format)
    {
        int top = Top(result);
        string[] given = result.GetValue(_given) ?? [];
        foreach (string text in given.Where(File.Exists))
            _context.Error.WriteLine($"note: '{text}' is taken as the text, and not the file of that name; the lines of a file are read from standard input.");
        var texts = given.Length > 0
            ? given.Index().Select(text => (Numbered("text", text.Index + 1), (string?)text.Item))
            : Lines().Select(line => (Numbered("line", line.Number), line.Text));
        return _output.Write(result, output => new TextPredictions(_context, _inputs).Print(result, texts, top, format, result.GetValue(_strict), output));
    }

    /// <summary>The files that are named; none for standard input.</summary>
    private string[] Files(ParseResult result) => result.GetValue(_given) is { } given and not [StandardInput] ? given : [];

    private int Top(ParseResult result)
    {
        int top = result.GetValue(_top) ?? DefaultTop;
        return top >= 1 ? top : throw new UserErrorException($"predict: --top {top}: at least 1 is needed.");
    }

    private static string Numbered(string kind, long number) => string.Create(CultureInfo.InvariantCulture, $"{kind} {number}");

    private static IEnumerable<(string Path, DataException? Problem)> NamedPictures(InputLine line) => line.Text is { } name && !name.Contains('\0')
        ? PictureFiles.Of(name)
        : [("", new DataException($"line {line.Number} of standard input is no file name; give names, one a line."))];

    private IEnumerable<InputLine> Lines()
    {
        using var input = new InputLines(_context.OpenInput());
        foreach (var line in input.All())
            yield return line;
    }
}
