using System.CommandLine;
using ModularNetworks.Data;
using ModularNetworks.Experiments;

namespace ModularNetworks.Cli.Training;

/// <summary>The arguments that all commands share which apply a language model to other text than that of its training.</summary>
internal sealed class TextRunInputs
{
    private readonly CliContext _context;
    private readonly string _command;
    private readonly Argument<string> _run;
    private readonly Option<string?> _data = new("--data")
    {
        Description = "The data of the training; only runs that have no preprocessing.json need them, such as those of earlier versions. (default: where they were "
            + "in the training)",
        HelpName = "PATH",
    };

    /// <summary>Adds the arguments to a command.</summary>
    /// <param name="context">Where warnings go.</param>
    /// <param name="command">The command.</param>
    /// <param name="runs">The runs that the command takes, in words.</param>
    public TextRunInputs(CliContext context, Command command, string runs = "train text or ptb")
    {
        (_context, _command) = (context, command.Name);
        _run = new Argument<string>("RUN") { Description = $"The run folder of {runs}." };
        command.Arguments.Add(_run);
        command.Options.Add(_data);
    }

    /// <summary>The path of the run, as it is given.</summary>
    public string PathOf(ParseResult result) => result.GetRequiredValue(_run);

    /// <summary>Opens the run's folder.</summary>
    public RunFolder OpenRun(ParseResult result) => RunFolder.Open(PathOf(result));

    /// <summary>Whether the data of the training are given.</summary>
    public bool IsDataGiven(ParseResult result) => result.GetValue(_data) is not null;

    /// <summary>The path of the data of the training, if it is given.</summary>
    public string? DataOf(ParseResult result)
    {
        string? data = result.GetValue(_data);
        if (data is not null && OpenRun(result).KeepsPreprocessing)
            _context.Error.WriteLine($"warning: {_command}: --data {data} is not read: the run keeps what it needs of its data. Leave it out.");
        return data;
    }

    /// <summary>Loads the model.</summary>
    public TextModel Load(ParseResult result) => TextModel.Load(OpenRun(result), DataOf(result));

    /// <summary>Turns a text into numbers, and says which of its words or characters the model does not know.</summary>
    /// <param name="encoding">The model's encoding.</param>
    /// <param name="source">The source of the text, for messages.</param>
    /// <param name="text">The text.</param>
    /// <exception cref="UserErrorException">There are some, and nothing stands for them.</exception>
    public EncodedText Encode(TextEncoding encoding, string source, string text)
    {
        try
        {
            var encoded = encoding.Encode(text);
            if (encoded.Unknown.Count > 0)
                _context.Error.WriteLine($"warning: {source}: {Vocabulary.Unknown} stands for {Shown(encoded.Unknown)}");
            return encoded;
        }
        catch (DataException exception)
        {
            throw new UserErrorException($"{_command}: {source}: {exception.Message}", exception);
        }
    }

    /// <summary>Says that the bytes of a text are not UTF-8.</summary>
    /// <param name="source">The source of the text.</param>
    public UserErrorException NotUtf8(string source) => new($"{_command}: {source} is not valid UTF-8. Convert it to UTF-8.");

    private static string Shown(IReadOnlyList<string> unknown)
    {
        const int Most = 10;
        string named = string.Join(", ", unknown.Take(Most).Select(word => $"'{word}'"));
        return unknown.Count > Most ? $"{named} and {unknown.Count - Most} more" : named;
    }
}
