using System.Text.Json;
using ModularNetworks.Data;
using ModularNetworks.Engine;
using ModularNetworks.Experiments;

namespace ModularNetworks.Serving;

/// <summary>Predicts a column of a table's rows.</summary>
internal sealed class ServedTable : ServedModel
{
    private const string Rows = "rows";

    private readonly TableModel _model;
    private readonly TableColumn[] _inputs;

    // Where a cell of each input stands in a row of the encoding.
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);

    /// <summary>Serves a model.</summary>
    public ServedTable(string name, TableModel model)
        : base(name)
    {
        _model = model;
        var columns = model.Encoding.Columns;
        _inputs = [.. columns.Where(column => column.Features() > 0)];
        for (int place = 0; place < columns.Count; place++)
            _places.TryAdd(columns[place].Name, place);
    }

    /// <inheritdoc/>
    public override string Kind => "table";

    /// <inheritdoc/>
    public override string Items => Rows;

    /// <inheritdoc/>
    public override IReadOnlyList<LayerLayout> Layers => _model.Layers;

    /// <inheritdoc/>
    public override void Describe(Utf8JsonWriter json)
    {
        json.WriteString("target", _model.Encoding.Target.Name);
        if (_model.Encoding.Target.Classes is { } classes)
            json.WriteTexts("classes", classes);
        json.WriteStartArray("inputs");
        foreach (var column in _inputs)
        {
            json.WriteStartObject();
            json.WriteString("name", column.Name);
            json.WriteString("kind", column.Kind switch { ColumnKind.Date => "date", ColumnKind.YesNo => "yesNo", ColumnKind.Category => "category", _ => "number" });
            if (column.Categories is { } categories)
                json.WriteTexts("categories", categories);
            if (column.Kind == ColumnKind.Number)
                json.WriteNumber("mean", column.Mean);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <inheritdoc/>
    public override void DescribeItem(Utf8JsonWriter json)
    {
        json.WriteString("type", "object");
        json.WriteTexts("required", _inputs.Select(column => column.Name));
        json.WriteStartObject("properties");
        foreach (var column in _inputs)
        {
            json.WriteStartObject(column.Name);
            json.WriteTexts("type", column.Kind switch
            {
                ColumnKind.Number => ["number", "string", "null"],
                ColumnKind.YesNo => ["boolean", "string", "null"],
                _ => ["string", "null"],
            });
            if (column.Categories is { } categories)
                json.WriteString("description", $"one of {string.Join(", ", categories)}; others are none of them");
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    /// <inheritdoc/>
    public override int Predict(JsonElement request, ServingLimits limits, Utf8JsonWriter json, CancellationToken stop)
    {
        request.RequireOnly(Rows);
        var rows = request.Items(Rows, limits.Rows);
        var cells = new string[rows.GetArrayLength()][];
        foreach (var (number, row) in rows.EnumerateArray().Index())
        {
            cells[number] = row.ValueKind switch
            {
                JsonValueKind.Object => CellsOfObject(row, number + 1, limits),
                JsonValueKind.Array => CellsOfList(row, number + 1, limits),
                var other => throw RequestException.Bad($"row {number + 1} is {RequestProperties.NameOf(other)}; an object with the columns, or a list of the cells, is expected."),
            };
        }
        var answers = Answer(cells);
        for (int row = 0; row < cells.Length; row++)
            Write(answers, row, json);
        return cells.Length;
    }

    private TableAnswers Answer(string[][] cells)
    {
        try
        {
            return _model.Predict(cells);
        }
        catch (DataException problem)
        {
            throw RequestException.Bad(problem.Message.Replace("TableModel: ", "", StringComparison.Ordinal));
        }
    }

    private string[] CellsOfObject(JsonElement row, int number, ServingLimits limits)
    {
        string?[] cells = new string?[_model.Encoding.Columns.Count];
        foreach (var property in row.EnumerateObject())
        {
            string name = RequestProperties.NameOf(property);
            if (_places.TryGetValue(name, out int place))
                cells[place] = Cell(property.Value, number, name, limits);
            else if (name != _model.Encoding.Target.Name)
                throw RequestException.Bad($"row {number}: no column is called '{RequestProperties.Quoted(name)}'; {Columns()} are expected.");
        }
        foreach (var column in _inputs)
        {
            if (cells[_places[column.Name]] is null)
                throw RequestException.Bad($"row {number}: column '{RequestProperties.Quoted(column.Name)}' is missing. Give null where its value is not known.");
        }
        return [.. cells.Select(cell => cell ?? "")];
    }

    private string[] CellsOfList(JsonElement row, int number, ServingLimits limits)
    {
        if (row.GetArrayLength() != _inputs.Length)
            throw RequestException.Bad($"row {number} has {Counted.Of(row.GetArrayLength(), "cell")}; {_inputs.Length} are expected: {Columns()}.");
        string[] cells = new string[_model.Encoding.Columns.Count];
        Array.Fill(cells, "");
        foreach (var (place, cell) in row.EnumerateArray().Index())
            cells[_places[_inputs[place].Name]] = Cell(cell, number, _inputs[place].Name, limits);
        return cells;
    }

    private static string Cell(JsonElement value, int row, string column, ServingLimits limits) => value.ValueKind switch
    {
        JsonValueKind.Null => "",
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Number => value.GetRawText(),
        _ => value.Text($"row {row}, column '{RequestProperties.Quoted(column)}'", limits.TextLength),
    };

    private string Columns()
    {
        const int Most = 30;
        string named = string.Join(", ", _inputs.Take(Most).Select(column => RequestProperties.Quoted(column.Name)));
        return _inputs.Length > Most ? $"{named} and {_inputs.Length - Most} more" : named;
    }

    private static void Write(TableAnswers answers, int row, Utf8JsonWriter json)
    {
        foreach (float value in answers.ValuesOf(row))
        {
            if (!float.IsFinite(value))
                throw RequestException.NotFinite($"row {row + 1}");
        }
        var prediction = answers.PredictionOf(row);
        json.WriteStartObject();
        if (prediction.Number is { } number)
            json.WriteNumber("number", number);
        if (prediction.Deviation is { } deviation && float.IsFinite(deviation))
            json.WriteNumber("deviation", deviation);
        if (prediction.Classes.Count > 0)
            json.WriteClasses(prediction.Classes);
        json.WriteModules(prediction.Modules);
        json.WriteEndObject();
    }
}
