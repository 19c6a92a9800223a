using System.Globalization;
using System.Numerics.Tensors;
using System.Text;
using CsvHelper;

namespace ModularNetworks.Data;

/// <summary>
/// Writes predictions as a table: the line of the row; the number with its deviation, or the most probable class with the probabilities of all;
/// and the modules of each layer.
/// </summary>
public sealed class CsvAnswers : AnswerWriter
{
    private readonly CsvWriter _writer;
    private readonly StringBuilder _modules = new();

    /// <summary>Prepares to write.</summary>
    /// <param name="output">Receives the table; stays open.</param>
    /// <param name="form">What a prediction consists of.</param>
    public CsvAnswers(TextWriter output, AnswerForm form)
        : base(form)
    {
        ArgumentNullException.ThrowIfNull(output);
        _writer = CsvWriter.Create(output, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true);
    }

    /// <inheritdoc/>
    public override void Begin(string place)
    {
        string[] answer = Form.Target.Classes is { } classes ? [.. classes.Select(name => $"p({name})")] : ["deviation"];
        foreach (string name in (string[])[place, Form.Target.Name, .. answer, .. Form.Layers.Select(layer => $"modules({layer.Name})")])
            _writer.WriteField(name);
        _writer.EndRecord();
    }

    /// <inheritdoc/>
    private protected override void WriteRow(long line, ReadOnlySpan<float> answer, ReadOnlySpan<int> modules)
    {
        Write(line);
        if (Form.Target.Classes is { } classes)
            _writer.WriteField(classes[TensorPrimitives.IndexOfMax(answer)]);
        foreach (float number in answer)
            Write(number);
        if (Form.Target.Classes is null)
            Write((float)Form.Deviation!.Value);
        foreach (var layer in Form.Layers)
        {
            WriteModules(modules[..layer.Picks]);
            modules = modules[layer.Picks..];
        }
        _writer.EndRecord();
    }

    private void WriteModules(ReadOnlySpan<int> modules)
    {
        if (modules.Length == 1)
        {
            Write(modules[0]);
            return;
        }
        _modules.Clear();
        foreach (int module in modules)
            _modules.Append(_modules.Length > 0 ? " " : "").Append(module);
        _writer.WriteField(_modules.ToString());
    }

    private void Write<T>(T value)
        where T : IUtf8SpanFormattable => _writer.WriteField(value, "", CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override void Dispose() => _writer.Dispose();
}
