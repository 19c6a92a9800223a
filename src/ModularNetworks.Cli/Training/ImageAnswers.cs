using System.Globalization;
using CsvHelper;
using ModularNetworks.Experiments;

namespace ModularNetworks.Cli.Training;

/// <summary>Writes the predictions of pictures' classes: lines to read, JSON or a table.</summary>
internal sealed class ImageAnswers : IDisposable
{
    private readonly TextWriter _output;
    private readonly ImageModel _model;
    private readonly bool _isJson;
    private readonly CsvWriter? _table;

    /// <summary>Begins, with the names of the columns if it is a table.</summary>
    /// <param name="output">Receives the predictions; stays open.</param>
    /// <param name="model">The classifier.</param>
    /// <param name="format">The form.</param>
    /// <param name="top">How many of the most probable classes to tell; a table has all.</param>
    public ImageAnswers(TextWriter output, ImageModel model, PredictionFormat format, int top)
    {
        (_output, _model, _isJson, Count) = (output, model, format == PredictionFormat.Json, top);
        if (format != PredictionFormat.Csv)
            return;
        Count = model.Form.Classes.Count;
        _table = CsvWriter.Create(output, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true);
        foreach (string name in (string[])["image", "class", .. model.Form.Classes.Select(name => $"p({name})"), .. model.Layers.Select(layer => $"modules({layer.Name})")])
            _table.WriteField(name);
        _table.EndRecord();
    }

    /// <summary>How many classes are told.</summary>
    public int Count { get; }

    /// <summary>Writes a prediction.</summary>
    /// <param name="image">The picture's name.</param>
    /// <param name="prediction">The prediction.</param>
    public void Write(string image, ImagePrediction prediction)
    {
        if (_table is not null)
            WriteRow(_table, image, prediction);
        else if (_isJson)
            _output.WriteLine(Json(image, prediction));
        else
            _output.WriteLine(Line(image, prediction));
    }

    /// <inheritdoc/>
    public void Dispose() => _table?.Dispose();

    private void WriteRow(CsvWriter table, string image, ImagePrediction prediction)
    {
        var probabilities = prediction.Classes.ToDictionary(found => found.Class, found => found.Probability);
        table.WriteField(image);
        table.WriteField(prediction.Classes[0].Class);
        foreach (string name in _model.Form.Classes)
            table.WriteField(probabilities[name], "", CultureInfo.InvariantCulture);
        foreach (var layer in prediction.Modules)
            table.WriteField(string.Join(' ', layer.Modules));
        table.EndRecord();
        // Who waits for the answer of a name sees it before the next.
        table.Flush();
    }

    private static string Json(string image, ImagePrediction prediction)
    {
        var probabilities = new OrderedDictionary<string, float>(prediction.Classes.Select(found => KeyValuePair.Create(found.Class, found.Probability)));
        var modules = new OrderedDictionary<string, IReadOnlyList<int>>(prediction.Modules.Select(layer => KeyValuePair.Create(layer.Layer, layer.Modules)));
        return RecordJson.Write(new PredictedImage(image, prediction.Classes[0].Class, probabilities, modules.Count > 0 ? modules : null));
    }

    private static string Line(string image, ImagePrediction prediction)
    {
        var classes = prediction.Classes.Select(found => $"{found.Class} {found.Probability.ToString("P1", CultureInfo.InvariantCulture)}");
        var modules = prediction.Modules.Select(layer => $"{layer.Layer} {string.Join(' ', layer.Modules)}");
        string by = prediction.Modules.Count > 0 ? $"; by {string.Join(", ", modules)}" : "";
        return $"{string.Concat(image.Select(letter => char.IsControl(letter) ? '?' : letter))}: {string.Join(", ", classes)}{by}";
    }
}
