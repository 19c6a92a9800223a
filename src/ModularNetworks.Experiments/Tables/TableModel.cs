using ModularNetworks.Data;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>A trained network with the way from a table's rows to numbers and back: it predicts for any row, and needs no training data.</summary>
/// <remarks>A model serves one thread at a time.</remarks>
/// <example>
/// <code>
/// var model = TableModel.Load(RunFolder.Open("runs/price"));
/// float price = model.Predict([["0.23", "Ideal", "E", "SI2", "61.5", "55", "3.95", "3.98", "2.43"]]).Values[0];
/// </code>
/// </example>
public sealed class TableModel
{
    private readonly ModularMlp _network;
    private readonly SelectionRule _rule;
    private readonly Tape _tape;
    private readonly ForwardPass _pass;

    private TableModel(TableEncoding encoding, ModularMlp network, SelectionRule rule)
    {
        (Encoding, _network, _rule) = (encoding, network, rule);
        _tape = new Tape(SimdKernels.Create(new WorkerPool(threadCount: 1)), isFrozen: true);
        _pass = new ForwardPass(_tape);
    }

    /// <summary>The way from a row to a vector, and what is predicted.</summary>
    public TableEncoding Encoding { get; }

    /// <summary>Loads what a run has trained.</summary>
    /// <param name="run">The run's folder; its newest checkpoint is read.</param>
    /// <exception cref="RunException">The run is of another experiment, selects its modules by clusters that it does not keep, or its files are damaged.</exception>
    /// <exception cref="CheckpointException">There is no checkpoint, or it is damaged.</exception>
    public static TableModel Load(RunFolder run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var options = run.ReadOptions<TableOptions>([TableExperiment.Kind], "this is not a table's run. Give the folder of modnet train table.");
        if (options.Method == TrainingMethods.Assigned || options.Network.Controller == ControllerKind.Table)
        {
            throw new RunException(
                $"{run.FullPath}: its modules are chosen by the cluster of the input, and clusters are not kept. Train with another method or controller.");
        }
        var encoding = TablePreprocessing.Read(run);
        var rule = options.CreateRule();
        var network = new ModularMlp(options.Sizes(encoding), rule, RandomKey.FromSeed(options.Seed).Split("network"));
        run.Checkpoint.ReadParameters(network.Parameters);
        return new TableModel(encoding, network, rule);
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
                throw new DataException($"TableModel: row {row + 1}: '{rows[row][wrong]}' is no {Encoding.Columns[wrong].Kind} for column '{Encoding.Columns[wrong].Name}'.");
        }
        return Predict(inputs);
    }

    /// <summary>Predicts for vectors.</summary>
    /// <param name="inputs"><c>[rows, features]</c>.</param>
    /// <returns>
    /// The probabilities of the classes, <c>[rows, classes]</c>, or the numbers in the target's own units, <c>[rows, 1]</c>. Valid until the
    /// next call.
    /// </returns>
    public Tensor Predict(Tensor inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        _tape.Reset(recording: false);
        _pass.Begin(_rule, inputs.Shape[0]);
        var output = _network.Predict(_pass, new VectorBatch(inputs, IndexTensor.Allocate(new Shape(inputs.Shape[0])), Classes: null, Targets: null));
        if (Encoding.Target.Classes is not null)
            return _tape.Softmax(output);
        var numbers = _tape.Rent(output.Shape);
        for (int row = 0; row < numbers.Values.Length; row++)
            numbers.Values[row] = (float)(Encoding.Target.Mean + (Encoding.Target.Deviation * output.Values[row]));
        return numbers;
    }
}
