using System.Globalization;
using System.Numerics.Tensors;
using CsvHelper;

namespace ModularNetworks.Data;

/// <summary>
/// Writes predictions as a table: the line of the row, the number or the most probable class, and of classes all probabilities.
/// </summary>
public sealed class AnswerWriter : IDisposable
{
    private readonly CsvWriter _writer;
    private readonly IReadOnlyList<string>? _classes;

    /// <summary>Begins the table with the names of its columns.</summary>
    /// <param name="output">Receives the table; stays open.</param>
    /// <param name="target">The target.</param>
    public AnswerWriter(TextWriter output, TableTarget target)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(target);
        _writer = CsvWriter.Create(output, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true);
        _classes = target.Classes;
        foreach (string name in (string[])["line", target.Name, .. (target.Classes ?? []).Select(name => $"p({name})")])
            _writer.WriteField(name);
        _writer.EndRecord();
    }

    /// <summary>Writes a row.</summary>
    /// <param name="line">The line of the row in its file.</param>
    /// <param name="answer">The probabilities of the classes, or one number.</param>
    /// <exception cref="ArgumentException">There are more numbers, or less.</exception>
    public void Write(long line, ReadOnlySpan<float> answer)
    {
        int size = _classes?.Count ?? 1;
        if (answer.Length != size)
            throw new ArgumentException($"AnswerWriter: an answer of {answer.Length} numbers is given; it has {size}.", nameof(answer));
        _writer.WriteField(line, "", CultureInfo.InvariantCulture);
        if (_classes is not null)
            _writer.WriteField(_classes[TensorPrimitives.IndexOfMax(answer)]);
        foreach (float number in answer)
            _writer.WriteField(number, "", CultureInfo.InvariantCulture);
        _writer.EndRecord();
    }

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();
}
