using System.Runtime.ExceptionServices;
using ModularNetworks.Data;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>A trained network with the way from a table's rows to numbers and back: it predicts for any row, and needs no training data.</summary>
/// <remarks>Any number of threads may ask one model at once.</remarks>
/// <example>
/// <code>
/// var model = TableModel.Load(RunFolder.Open("runs/price"));
/// float? price = model.PredictRow(["0.23", "Ideal", "E", "SI2", "61.5", "55", "3.95", "3.98", "2.43"]).Number;
/// </code>
/// </example>
public sealed class TableModel
{
    private readonly InputKeys? _inputKeys;
    private readonly ModularModel _model;
    private readonly TableLayout _layout;

    private TableModel(TableNetwork trained, double? deviation, TableLayout layout)
    {
        (Encoding, Network, Rule, _inputKeys) = trained;
        _layout = layout;
        _model = new ModularModel(Network.Layout, Encoding.Features(), (pass, inputs) => Network.Predict(pass, BatchOf(inputs)), Rule);
        // Fixed modules are the same for all rows.
        Layers = Rule is FixedSelection ? [] : Rule.LayoutOf(Network.Layout).Layers;
        Form = new AnswerForm(Encoding.Target, deviation, [.. Layers.Select(layer => new AnswerLayer(layer.Name, layer.Picks))]);
    }

    /// <summary>The network.</summary>
    public ModularMlp Network { get; }

    /// <summary>How the network selects its modules.</summary>
    public SelectionRule Rule { get; }

    /// <summary>The clusters of vectors that the network asks for; null if it does not.</summary>
    public Clusters? Clusters => _inputKeys?.Clusters;

    /// <summary>The way from a row to a vector, and what is predicted.</summary>
    public TableEncoding Encoding { get; }

    /// <summary>What a prediction consists of: a number with its deviation or the probabilities of classes, and the modules that decided.</summary>
    public AnswerForm Form { get; }

    /// <summary>The layers that select modules, in the order in which they run.</summary>
    public IReadOnlyList<LayerLayout> Layers { get; }

    /// <summary>Loads what a run has trained.</summary>
    /// <param name="run">The run's folder; its newest checkpoint is read.</param>
    /// <param name="data">
    /// The table of the training, if it is not where it was then. It is read only if the run folder has no <c>preprocessing.json</c>.
    /// </param>
    /// <exception cref="RunException">The run is of another experiment, selects its modules by clusters that it does not keep, or its files are damaged; or it
    /// keeps no preprocessing and the table is not there or is another.</exception>
    /// <exception cref="CheckpointException">There is no checkpoint, or it is damaged.</exception>
    public static TableModel Load(RunFolder run, string? data = null)
    {
        ArgumentNullException.ThrowIfNull(run);
        var options = run.ReadOptions<TableOptions>([TableExperiment.Kind], "this is not a table's run. Give the folder of modnet train table.");
        var trained = TableNetwork.Load(run, options, run.Checkpoint, TablePreprocessing.Read(run) ?? TablePreprocessing.FitAgain(run, options, data));
        return new TableModel(trained, TableDeviation.Of(run, options, trained.Encoding.Target), options.Reading.Layout());
    }

    /// <summary>Predicts for a row.</summary>
    /// <param name="cells">The cells of the row, in the order of the encoding's columns.</param>
    /// <param name="decimalSign">The decimal sign of their numbers.</param>
    /// <exception cref="DataException">The row has another number of cells, or a cell is not of its column's kind.</exception>
    public TablePrediction PredictRow(IReadOnlyList<string> cells, char decimalSign = '.')
    {
        return Predict([cells], decimalSign).PredictionOf(0);
    }

    /// <summary>Predicts for rows of cells.</summary>
    /// <param name="rows">The cells of each row, in the order of the encoding's columns.</param>
    /// <param name="decimalSign">The decimal sign of their numbers.</param>
    /// <exception cref="DataException">A row has another number of cells, or a cell is not of its column's kind.</exception>
    public TableAnswers Predict(IReadOnlyList<IReadOnlyList<string>> rows, char decimalSign = '.')
    {
        ArgumentNullException.ThrowIfNull(rows);
        int features = Encoding.Features();
        var inputs = Tensor.Allocate(new Shape(rows.Count, features));
        for (int row = 0; row < rows.Count; row++)
        {
            if (rows[row].Count != Encoding.Columns.Count)
                throw new DataException($"TableModel: row {row + 1} has {Counted.Of(rows[row].Count, "cell")}; {Encoding.ExpectedCells()}");
            int wrong = Encoding.Encode(rows[row], decimalSign, inputs.Values.Slice(row * features, features));
            if (wrong >= 0)
                throw new DataException($"TableModel: row {row + 1}: '{rows[row][wrong]}' stands in column '{Encoding.Columns[wrong].Name}'; {Encoding.Columns[wrong].Expected()} is expected.");
        }
        return Predict(inputs);
    }

    /// <summary>Predicts for the rows of a file, one after the other, in constant memory. A thread of its own reads ahead.</summary>
    /// <param name="path">The file, with the columns of the training; the target may be missing.</param>
    /// <param name="answers">Receives the predictions; made with <see cref="Form"/>.</param>
    /// <param name="wrongRow">Is told of each row that cannot be read; the others are done.</param>
    /// <param name="stop">Asks for a stop.</param>
    /// <returns>The number of rows that were predicted.</returns>
    /// <exception cref="DataException">The file cannot be read, or lacks a column.</exception>
    public long PredictFile(string path, AnswerWriter answers, Action<DataException> wrongRow, CancellationToken stop)
    {
        return PredictRows(tell => EncodedRows.Open(path, Encoding, _layout, tell), answers, wrongRow, stop);
    }

    /// <summary>Predicts for the rows of a text that a stream gives, such as a pipe, as <see cref="PredictFile"/> does.</summary>
    /// <param name="stream">The stream, which need not be able to seek; it is closed.</param>
    /// <param name="source">The name of the stream in messages.</param>
    /// <param name="answers">Receives the predictions; made with <see cref="Form"/>.</param>
    /// <param name="wrongRow">Is told of each row that cannot be read; the others are done.</param>
    /// <param name="stop">Asks for a stop.</param>
    /// <returns>The number of rows that were predicted.</returns>
    /// <exception cref="DataException">The stream cannot be read, or lacks a column.</exception>
    public long PredictStream(Stream stream, string source, AnswerWriter answers, Action<DataException> wrongRow, CancellationToken stop) =>
        PredictRows(tell => EncodedRows.Open(stream, source, Encoding, _layout, tell), answers, wrongRow, stop);

    private long PredictRows(Func<Action<DataException>, EncodedRows> open, AnswerWriter answers, Action<DataException> wrongRow, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(answers);
        ArgumentNullException.ThrowIfNull(wrongRow);
        using var rows = new RowBatches(open, Encoding.Features());
        answers.Begin(rows.Place);
        var predicted = new TableAnswers(Form);
        long done = 0;
        foreach (var batch in rows.All())
        {
            foreach (var wrong in batch.Wrong)
                wrongRow(wrong);
            // The last rows of a batch that is not full are predicted too, and seen by nobody.
            Predict(batch.Inputs, predicted);
            for (int row = 0; row < batch.Count; row++)
                answers.Write(batch.Numbers[row], predicted.ValuesOf(row), predicted.ModulesOf(row));
            done += batch.Count;
            if (batch.Failure is { } failure)
                ExceptionDispatchInfo.Throw(failure);
            if (stop.IsCancellationRequested)
                break;
        }
        return done;
    }

    /// <summary>Predicts for vectors.</summary>
    /// <param name="inputs"><c>[rows, features]</c>.</param>
    /// <returns>The predictions; a row's does not depend on the other rows.</returns>
    /// <exception cref="ShapeException">The tensor has another shape.</exception>
    public TableAnswers Predict(Tensor inputs)
    {
        var answers = new TableAnswers(Form);
        Predict(inputs, answers);
        return answers;
    }

    private void Predict(Tensor inputs, TableAnswers answers)
    {
        _model.Predict(inputs, answers.Outputs);
        answers.Finish();
    }

    private VectorBatch BatchOf(Tensor inputs) => new(inputs, Classes: null, Targets: null, Clusters?.Nearest(inputs));
}
