using ModularNetworks.Cli.CommandLine;
using ModularNetworks.Data;
using ModularNetworks.Experiments;

namespace ModularNetworks.Cli.Training;

/// <summary>Prints what a run of <c>train table</c> predicts for the rows of a table.</summary>
/// <param name="context">The context whose output is written to.</param>
internal sealed class TablePredictions(CliContext context)
{
    private long _wrong;

    /// <summary>Prints the predictions.</summary>
    /// <param name="run">The run's folder.</param>
    /// <param name="data">The table of the training, if it is given.</param>
    /// <param name="file">The table; null for standard input.</param>
    /// <param name="format">The form of the predictions.</param>
    /// <param name="isStrict">Whether the first row that cannot be read ends all; else it is named.</param>
    /// <param name="output">Receives the predictions.</param>
    /// <returns>The exit code.</returns>
    public int Print(RunFolder run, string? data, string? file, PredictionFormat format, bool isStrict, TextWriter output)
    {
        var model = TableModel.Load(run, data);
        using AnswerWriter answers = format == PredictionFormat.Json ? new JsonAnswers(output, model.Form) : new CsvAnswers(output, model.Form);
        Action<DataException> wrongRow = isStrict ? problem => throw problem : Tell;
        if (file is null)
            model.PredictStream(context.OpenInput(), "standard input", answers, wrongRow, CancellationToken.None);
        else
            model.PredictFile(file, answers, wrongRow, CancellationToken.None);
        return _wrong == 0 ? ExitCode.Success : ExitCode.BadInput;
    }

    private void Tell(DataException problem)
    {
        _wrong++;
        context.Error.WriteLine(ErrorLine.Of(problem));
    }
}
