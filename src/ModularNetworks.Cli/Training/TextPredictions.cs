using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using CsvHelper;
using ModularNetworks.Cli.CommandLine;
using ModularNetworks.Experiments;

namespace ModularNetworks.Cli.Training;

/// <summary>Prints what follows each of some texts, as a trained language model finds.</summary>
/// <param name="context">Where wrong texts are named.</param>
/// <param name="inputs">Loads the model.</param>
internal sealed class TextPredictions(CliContext context, TextRunInputs inputs)
{
    // A space and a line end by themselves can be seen in quotes.
    private static readonly AnswerTypes Quoted = new(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>Prints the predictions.</summary>
    /// <param name="result">The command line, which names the run.</param>
    /// <param name="texts">The texts, each with its name in messages; null for one that is not UTF-8.</param>
    /// <param name="top">How many of the most probable words or characters to tell.</param>
    /// <param name="format">The form: lines to read, JSON or a table.</param>
    /// <param name="isStrict">Whether the first text that cannot be read ends all; else it is named.</param>
    /// <param name="output">Receives the predictions.</param>
    /// <returns>The exit code.</returns>
    public int Print(
        ParseResult result, IEnumerable<(string Name, string? Text)> texts, int top, PredictionFormat format, bool isStrict, TextWriter output)
    {
        var model = inputs.Load(result);
        top = Math.Min(top, model.Encoding.Vocabulary.Count);
        int exitCode = ExitCode.Success;
        using var table = format == PredictionFormat.Csv ? BeginTable(output, top) : null;
        foreach (var (name, given) in texts)
        {
            try
            {
                string text = given ?? throw inputs.NotUtf8(name);
                var prediction = model.Predict(inputs.Encode(model.Encoding, name, text), top);
                if (table is not null)
                    WriteRow(table, text, prediction);
                else
                    output.WriteLine(format == PredictionFormat.Json ? RecordJson.Write(new PredictedText(text, prediction)) : Line(text, prediction));
            }
            catch (UserErrorException exception) when (!isStrict)
            {
                context.Error.WriteLine(ErrorLine.Of(exception));
                exitCode = ExitCode.BadInput;
            }
        }
        return exitCode;
    }

    private static CsvWriter BeginTable(TextWriter output, int top)
    {
        var table = CsvWriter.Create(output, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true);
        table.WriteField("text");
        for (int place = 1; place <= top; place++)
        {
            table.WriteField(string.Create(CultureInfo.InvariantCulture, $"next{place}"));
            table.WriteField(string.Create(CultureInfo.InvariantCulture, $"p{place}"));
        }
        table.WriteField("modules");
        table.EndRecord();
        return table;
    }

    private static void WriteRow(CsvWriter table, string text, TextPrediction prediction)
    {
        table.WriteField(text);
        foreach (var (token, probability) in prediction.Next)
        {
            table.WriteField(token);
            table.WriteField(probability, "", CultureInfo.InvariantCulture);
        }
        table.WriteField(string.Join(' ', prediction.Modules));
        table.EndRecord();
        // Who waits for the answer of a line sees it before the next.
        table.Flush();
    }

    private static string Line(string text, TextPrediction prediction)
    {
        var next = prediction.Next.Select(next => $"{Quote(next.Token)} {next.Probability.ToString("P1", CultureInfo.InvariantCulture)}");
        string modules = prediction.Modules.Count == 1 ? "module" : "modules";
        return $"{Quote(text)}: {string.Join(", ", next)}; by {modules} {string.Join(", ", prediction.Modules)}";
    }

    private static string Quote(string text) => JsonSerializer.Serialize(text, Quoted.String);
}
