using System.Buffers;
using System.Numerics.Tensors;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ModularNetworks.Data;

/// <summary>
/// Writes predictions as JSON objects, each in a line: the number of the row in its file; <c>number</c> and <c>deviation</c>, or <c>class</c> and <c>probabilities</c>;
/// and <c>modules</c> by layer.
/// </summary>
/// <param name="output">Receives the lines; stays open.</param>
/// <param name="form">What a prediction consists of.</param>
public sealed class JsonAnswers(TextWriter output, AnswerForm form) : AnswerWriter(form)
{
    private readonly TextWriter _output = output ?? throw new ArgumentNullException(nameof(output));
    private readonly ArrayBufferWriter<byte> _line = new();
    private readonly JsonWriterOptions _options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private string _place = "line";

    /// <inheritdoc/>
    public override void Begin(string place) => _place = place;

    /// <inheritdoc/>
    private protected override void WriteRow(long line, ReadOnlySpan<float> answer, ReadOnlySpan<int> modules)
    {
        _line.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(_line, _options))
        {
            json.WriteStartObject();
            json.WriteNumber(_place, line);
            if (Form.Target.Classes is { } classes)
                WriteClasses(json, classes, answer);
            else
                WriteNumber(json, answer[0]);
            WriteModules(json, modules);
            json.WriteEndObject();
        }
        _output.WriteLine(Encoding.UTF8.GetString(_line.WrittenSpan));
    }

    private void WriteNumber(Utf8JsonWriter json, float number)
    {
        json.WriteNumber("number", number);
        json.WriteNumber("deviation", (float)Form.Deviation!.Value);
    }

    private static void WriteClasses(Utf8JsonWriter json, IReadOnlyList<string> classes, ReadOnlySpan<float> probabilities)
    {
        json.WriteString("class", classes[TensorPrimitives.IndexOfMax(probabilities)]);
        json.WriteStartObject("probabilities");
        for (int place = 0; place < classes.Count; place++)
            json.WriteNumber(classes[place], probabilities[place]);
        json.WriteEndObject();
    }

    private void WriteModules(Utf8JsonWriter json, ReadOnlySpan<int> modules)
    {
        if (Form.Layers.Count == 0)
            return;
        json.WriteStartObject("modules");
        foreach (var layer in Form.Layers)
        {
            json.WriteStartArray(layer.Name);
            foreach (int module in modules[..layer.Picks])
                json.WriteNumberValue(module);
            json.WriteEndArray();
            modules = modules[layer.Picks..];
        }
        json.WriteEndObject();
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        // The lines are written already.
    }
}
