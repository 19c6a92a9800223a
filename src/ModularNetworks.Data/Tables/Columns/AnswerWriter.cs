using ModularNetworks.Engine;

namespace ModularNetworks.Data;

/// <summary>Writes predictions for the rows of a table, one after the other.</summary>
/// <param name="form">What a prediction consists of.</param>
public abstract class AnswerWriter(AnswerForm form) : IDisposable
{
    /// <summary>What a prediction consists of.</summary>
    public AnswerForm Form { get; } = form ?? throw new ArgumentNullException(nameof(form));

    /// <summary>Begins, before the first prediction.</summary>
    /// <param name="place">What the number of a row in its file is called, such as <c>line</c>.</param>
    public abstract void Begin(string place);

    /// <summary>Writes a prediction.</summary>
    /// <param name="line">The number of the row in its file.</param>
    /// <param name="answer">The probabilities of the classes, or one number, <c>[outputs]</c>.</param>
    /// <param name="modules">The modules that decided, layer by layer, <c>[picks]</c>.</param>
    /// <exception cref="ArgumentException">There are more numbers or modules, or less.</exception>
    public void Write(long line, ReadOnlySpan<float> answer, ReadOnlySpan<int> modules)
    {
        if (answer.Length != Form.Outputs || modules.Length != Form.Picks)
        {
            throw new ArgumentException(
                $"AnswerWriter: an answer of {Counted.Of(answer.Length, "number")} and {modules.Length} modules is given; it has {Form.Outputs} and {Form.Picks}.",
                nameof(answer));
        }
        WriteRow(line, answer, modules);
    }

    /// <summary>Writes a prediction that has been checked.</summary>
    private protected abstract void WriteRow(long line, ReadOnlySpan<float> answer, ReadOnlySpan<int> modules);

    /// <summary>Writes what is left; the output stays open.</summary>
    public abstract void Dispose();
}
