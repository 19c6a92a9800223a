using ModularNetworks.Data;
using static ModularNetworks.Onnx.Files.TensorProto.Types;

namespace ModularNetworks.Onnx;

/// <summary>The columns of a table as inputs of a graph, <c>[batch, 1]</c> each, and the vectors that they become.</summary>
internal sealed class TableInput
{
    private readonly Graph _graph;
    private readonly string _batch;
    private readonly List<Value> _parts = [];

    // The place of each number of a vector among the parts.
    private readonly long[] _places;
    private int _width;

    private TableInput(Graph graph, TableEncoding encoding, string batch) =>
        (_graph, _batch, _places) = (graph, batch, new long[encoding.Features()]);

    /// <summary>Adds the inputs, and what makes vectors of them.</summary>
    /// <param name="graph">Receives the nodes.</param>
    /// <param name="encoding">The columns.</param>
    /// <param name="batch">The name of the number of rows.</param>
    /// <returns><c>[batch, features]</c>.</returns>
    public static Value Add(Graph graph, TableEncoding encoding, string batch)
    {
        var input = new TableInput(graph, encoding, batch);
        var numbers = new List<(TableColumn Column, Value Cells, int Feature)>();
        int feature = 0;
        foreach (var column in encoding.Columns.Where(column => column.Features() > 0))
        {
            if (column.Kind == ColumnKind.Category)
                input.AddCategory(column, feature);
            else
                numbers.Add((column, input.Cells(column), feature));
            feature += column.Features();
        }
        if (numbers.Count > 0)
            input.AddNumbers(numbers);
        return input.InOrder();
    }

    private Value Cells(TableColumn column) => column.Kind == ColumnKind.Category
        ? _graph.Input(column.Name, DataType.String, "A word; one that the training did not show is as good as none.", _batch, 1)
        : _graph.Input(column.Name, DataType.Double, Meaning(column.Kind), _batch, 1);

    private static string Meaning(ColumnKind kind) => kind switch
    {
        ColumnKind.Date => "The days since the beginning of 1970; NaN if the date is missing.",
        ColumnKind.YesNo => "1 for yes, 0 for no, NaN if it is missing.",
        _ => "A number; NaN if it is missing.",
    };

    /// <summary>A number for each word, which is 1 where the word stands, and one for a missing cell.</summary>
    private void AddCategory(TableColumn column, int feature)
    {
        var cells = Cells(column);
        var words = IsOneOf(cells, $"{column.Name}.words", column.Categories!);
        AddPart(words, Enumerable.Range(feature, column.Categories!.Count));
        if (column.HasMissing)
        {
            var isMissing = _graph.Add("ReduceMax", [IsOneOf(cells, "missing", TableColumn.MissingCells), _graph.Constants.List(1)], NodeAttribute.Of("keepdims", 1));
            AddPart(isMissing, [feature + column.Categories.Count]);
        }
    }

    private Value IsOneOf(Value cells, string name, IEnumerable<string> words) =>
        _graph.Cast(_graph.Add("Equal", [cells, _graph.Constants.Words(name, words)]), DataType.Float);

    /// <summary>All columns of numbers at once: standardised, with the mean in place of a missing number; and which are missing.</summary>
    private void AddNumbers(List<(TableColumn Column, Value Cells, int Feature)> numbers)
    {
        var cells = _graph.Concatenate(1, [.. numbers.Select(number => number.Cells)]);
        var standardised = _graph.Standardise(
            cells, "columns", numbers.Select(number => number.Column.Mean), numbers.Select(number => number.Column.Deviation), numbers.Count);
        var isMissing = _graph.Add("IsNaN", [standardised]);
        AddPart(
            _graph.Add("Where", [isMissing, _graph.Constants.Of("mean", [0f], 1), standardised]),
            numbers.Select(number => number.Feature));
        if (numbers.Any(number => number.Column.HasMissing))
            AddPart(_graph.Cast(isMissing, DataType.Float), numbers.Select(number => number.Column.HasMissing ? number.Feature + 1 : -1));
    }

    /// <summary>Adds a part.</summary>
    /// <param name="part"><c>[batch, width]</c>.</param>
    /// <param name="features">The place of each of its columns in a vector; -1 for one that no vector has.</param>
    private void AddPart(Value part, IEnumerable<int> features)
    {
        _parts.Add(part);
        foreach (int feature in features)
        {
            if (feature >= 0)
                _places[feature] = _width;
            _width++;
        }
    }

    private Value InOrder()
    {
        var parts = _graph.Concatenate(1, [.. _parts]);
        return _graph.Add("Gather", [parts, _graph.Constants.Of("order", _places, _places.Length)], NodeAttribute.Of("axis", 1));
    }
}
