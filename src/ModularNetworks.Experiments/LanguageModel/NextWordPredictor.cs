using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>
/// A trained language model that reads one text, word by word, and says what comes next. It runs on the caller's thread and
/// allocates nothing after the first calls. States and modules are those of <see cref="LanguageModelEvaluation.Perplexity"/>.
/// </summary>
/// <remarks>
/// A predictor serves one thread at a time. Give every text a predictor of its own; they share the model's parameters, which
/// must not change meanwhile.
/// </remarks>
/// <example>
/// <code>
/// var predictor = new NextWordPredictor(model);
/// predictor.Read(vocabulary.IdOf("&lt;eos&gt;"));
/// string next = vocabulary[predictor.MostProbableWord()];
/// </code>
/// </example>
public sealed class NextWordPredictor
{
    private readonly LanguageModel _model;
    private readonly ModularGruReader _unit;
    private readonly Tape _tape;
    private readonly IndexTensor _modules;
    private int? _before;

    /// <summary>Makes a model ready to read, from a zero state.</summary>
    /// <param name="model">The model.</param>
    /// <exception cref="ArgumentException">The model mixes its modules by a noisy gate.</exception>
    public NextWordPredictor(LanguageModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        _model = model;
        _unit = new ModularGruReader(model.Unit);
        _tape = new Tape(SimdKernels.Create(new WorkerPool(threadCount: 1)), isFrozen: true);
        _modules = IndexTensor.Allocate(new Shape(1, model.Unit.Picks));
    }

    /// <summary>The number of words that the model knows.</summary>
    public int Words => _model.Embedding.Weight.Shape[0];

    /// <summary>The state after the last word, <c>[hidden]</c>; zero before the first. Valid until the next word.</summary>
    public ReadOnlySpan<float> State => _unit.State.Values;

    /// <summary>The modules that the last word selected. Valid until the next word.</summary>
    public Selection Selection => _unit.Selection;

    /// <summary>Begins a new text: the state is zero again.</summary>
    public void Reset()
    {
        _unit.Reset();
        _before = null;
    }

    /// <summary>Reads a word, and moves on to the next state.</summary>
    /// <param name="word">The word's number.</param>
    /// <exception cref="ArgumentOutOfRangeException">The model does not know the word.</exception>
    public void Read(int word)
    {
        if ((uint)word >= (uint)Words)
        {
            throw new ArgumentOutOfRangeException(
                nameof(word), $"NextWordPredictor: word {word} is read; the model knows words 0 to {Words - 1}.");
        }
        _unit.Read(_model.Embedding.Weight.Value.Values.Slice(word * _unit.Inputs, _unit.Inputs), _model.Keys.Of(word, _before));
        _before = word;
    }

    /// <summary>log p(word | words read), in nats.</summary>
    /// <returns><c>[words]</c>, valid until the next call of this or of <see cref="MostProbableWord"/>.</returns>
    public ReadOnlySpan<float> LogProbabilities() => _tape.LogSoftmax(Logits()).Values;

    /// <summary>The most probable next word; of equal ones the first.</summary>
    public int MostProbableWord() => _tape.MostProbable(Logits()).Values[0];

    private Tensor Logits()
    {
        _tape.Reset(recording: false);
        Selection.Modules.CopyTo(_modules.Values);
        return _model.Output.Logits(_tape, _model.ReadOut(_tape, _unit.State, _modules));
    }
}
