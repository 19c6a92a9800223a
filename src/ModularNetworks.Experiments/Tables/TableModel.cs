using System.Runtime.ExceptionServices;
using ModularNetworks.Data;
using ModularNetworks.Engine;
using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

namespace ModularNetworks.Experiments;

/// <summary>A trained network with the way from a table's rows to numbers and back: it predicts for any row, and needs no training data.</summary>
/// <remarks>A model serves one thread at a time.</remarks>
/// <example>
/// <code>
/// var model = TableModel.Load(RunFolder.Open("runs/price"));
/// double? price = model.PredictRow(["0.23", "Ideal", "E", "SI2", "61.5", "55", "3.95", "3.98", "2.43"]).Number;
/// </code>
/// </example>
public sealed class TableModel
{
    private readonly InputKeys? _inputKeys;
    private readonly Tape _tape;
    private readonly ForwardPass _pass;
    private readonly TableLayout _layout;
    private readonly int[] _picks;

    private TableModel(TableNetwork trained, double? deviation, TableLayout layout)
    {
        (Encoding, Network, Rule, _inputKeys) = trained;
        _layout = layout;
        var composition = Rule.LayoutOf(Network.Layout);
        // Fixed modules are the same for all rows.
        Form = new AnswerForm(Encoding.Target, deviation, Rule is FixedSelection ? [] : [.. composition.Layers.Select(layer => new AnswerLayer(layer.Name, layer.Picks))]);
        _picks = new int[composition.Length];
        _tape = new Tape(SimdKernels.Create(new WorkerPool(threadCount: 1)), isFrozen: true);
        _pass = new ForwardPass(_tape);
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
    /// <exception cref="DataException">A cell is not of its column's kind.</exception>
    public TablePrediction PredictRow(IReadOnlyList<string> cells, char decimalSign = '.')
    {
        var answer = Predict([cells], decimalSign).Values;
        var modules = ModulesOf(0);
        var layers = new List<LayerModules>();
        foreach (var layer in Form.Layers)
        {
            layers.Add(new LayerModules(layer.Name, modules[..layer.Picks].ToArray()));
            modules = modules[layer.Picks..];
        }
        return Encoding.Target.Classes is { } names
            ? new TablePrediction(null, null, [.. names.Zip(answer.ToArray(), (name, probability) => new ClassProbability(name, probability)).OrderByDescending(found => found.Probability)], layers)
            : new TablePrediction(answer[0], Form.Deviation, [], layers);
    }

    /// <summary>Predicts for rows of cells.</summary>
    /// <param name="rows">The cells of each row, in the order of the encoding's columns.</param>
    /// <param name="decimalSign">The decimal sign of their numbers.</param>
    /// <returns>As <see cref="Predict(Tensor)"/>.</returns>
    /// <exception cref="DataException">A cell is not of its column's kind.</exception>
    public Tensor Predict(IReadOnlyList<IReadOnlyList<string>> rows, char decimalSign = '.')
    {
        ArgumentNullException.ThrowIfNull(rows);
        int features = Encoding.Features();
        var inputs = Tensor.Allocate(new Shape(rows.Count, features));
        for (int row = 0; row < rows.Count; row++)
        {
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
        long done = 0;
        foreach (var batch in rows.All())
        {
            foreach (var wrong in batch.Wrong)
                wrongRow(wrong);
            // The last rows of a batch that is not full are predicted too, and seen by nobody.
            Write(answers, Predict(batch.Inputs), batch.Numbers);
            done += batch.Count;
            if (batch.Failure is { } failure)
                ExceptionDispatchInfo.Throw(failure);
            if (stop.IsCancellationRequested)
                break;
        }
        return done;
    }

    private void Write(AnswerWriter answers, Tensor predicted, ReadOnlySpan<long> lines)
    {
        int outputs = predicted.Shape[1];
        for (int row = 0; row < lines.Length; row++)
            answers.Write(lines[row], predicted.Values.Slice(row * outputs, outputs), ModulesOf(row));
    }

    /// <summary>Predicts for vectors.</summary>
    /// <param name="inputs"><c>[rows, features]</c>.</param>
    /// <returns>
    /// The probabilities of the classes, <c>[rows, classes]</c>, or the numbers in the target's own units, <c>[rows, 1]</c>. A row's do not
    /// depend on the other rows. Valid until the next call.
    /// </returns>
    public Tensor Predict(Tensor inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        _tape.Reset(recording: false);
        _pass.Begin(Rule, inputs.Shape[0]);
        var output = Network.Predict(_pass, new VectorBatch(inputs, Classes: null, Targets: null, KeysOf(inputs)));
        var answers = _tape.Rent(output.Shape);
        for (int row = 0; row < inputs.Shape[0]; row++)
            Answer(output.Values.Slice(row * output.Shape[1], output.Shape[1]), answers.Values.Slice(row * output.Shape[1], output.Shape[1]));
        return answers;
    }

    private IndexTensor? KeysOf(Tensor inputs) => _inputKeys?.Clusters!.Nearest(inputs);

    /// <summary>The modules that the last prediction used for a row, layer by layer, <c>[picks]</c>; empty if nothing selects. Valid until the next call.</summary>
    /// <param name="row">The row.</param>
    /// <exception cref="ArgumentOutOfRangeException">The last prediction had no such row.</exception>
    public ReadOnlySpan<int> ModulesOf(int row)
    {
        if (Form.Layers.Count == 0)
            return [];
        _pass.Trace.CopyComposition(row, _picks);
        return _picks;
    }

    /// <summary>Makes an answer of a row's output, by itself: it does not depend on the rows that are predicted with it.</summary>
    private void Answer(ReadOnlySpan<float> output, Span<float> answer)
    {
        if (Encoding.Target.Classes is null)
        {
            answer[0] = (float)(Encoding.Target.Mean + (Encoding.Target.Deviation * output[0]));
            return;
        }
        TensorPrimitives.Subtract(output, TensorPrimitives.Max(output), answer);
        TensorPrimitives.SoftMax(answer, answer);
    }
}
