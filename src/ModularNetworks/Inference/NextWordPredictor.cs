using ModularNetworks.Engine;
using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

namespace ModularNetworks;

/// <summary>
/// A trained language model that reads one text, word by word, and says what comes next. It runs on the caller's thread and
/// allocates nothing after the first calls. States and modules are those of <see cref="LanguageModel.States"/>.
/// </summary>
/// <remarks>
/// A predictor serves one thread at a time. Give every text a predictor of its own, or lend them by a <see cref="ReaderPool{TReader}"/>; they share the
/// model's parameters, which must not change meanwhile.
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
    /// <summary>The least temperature above 0 of <see cref="SampleWord"/>.</summary>
    public const double LeastTemperature = 0.001;

    /// <summary>The highest temperature of <see cref="SampleWord"/>.</summary>
    public const double MostTemperature = 1000;

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

    /// <summary>Begins a new text: the state is zero again. Another thread may go on with the predictor.</summary>
    /// <exception cref="InvalidOperationException">Another thread uses the predictor.</exception>
    public void Reset()
    {
        _unit.Reset();
        _before = null;
        _tape.Release();
    }

    /// <summary>Reads a word, and moves on to the next state.</summary>
    /// <param name="word">The word's number.</param>
    /// <exception cref="ArgumentOutOfRangeException">The model does not know the word.</exception>
    /// <exception cref="InvalidOperationException">Another thread uses the predictor.</exception>
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
    /// <exception cref="InvalidOperationException">Another thread uses the predictor.</exception>
    public ReadOnlySpan<float> LogProbabilities() => _tape.LogSoftmax(Logits()).Values;

    /// <summary>The most probable next word; of equal ones the first.</summary>
    /// <exception cref="InvalidOperationException">Another thread uses the predictor.</exception>
    public int MostProbableWord()
    {
        int word = _tape.MostProbable(Logits()).Values[0];
        _tape.Release();
        return word;
    }

    /// <summary>Draws the next word from softmax(logits / T).</summary>
    /// <param name="temperature">
    /// T, 0 or from <see cref="LeastTemperature"/> to <see cref="MostTemperature"/>: 1 draws as often as the model says, less prefers what is
    /// probable, and 0 is <see cref="MostProbableWord"/>.
    /// </param>
    /// <param name="key">Decides the draw; every draw needs a key of its own.</param>
    /// <exception cref="ArgumentOutOfRangeException">The temperature is out of range.</exception>
    /// <exception cref="NonFiniteLossException">A logit is not a finite number, since the state has grown beyond all numbers.</exception>
    /// <exception cref="InvalidOperationException">Another thread uses the predictor.</exception>
    public int SampleWord(double temperature, RandomKey key)
    {
        if (temperature != 0 && temperature is not (>= LeastTemperature and <= MostTemperature))
        {
            throw new ArgumentOutOfRangeException(
                nameof(temperature), $"NextWordPredictor: the temperature is {temperature}; it is 0, or from {LeastTemperature} to {MostTemperature}.");
        }
        var logits = Logits();
        RequireFinite(logits.Values);
        int word = temperature == 0
            ? _tape.MostProbable(logits).Values[0]
            : _tape.SampleCategorical(_tape.Scale(logits, 1 / temperature), key).Values[0];
        _tape.Release();
        return word;
    }

    /// <summary>Demands that logits, or log-probabilities, are finite.</summary>
    /// <exception cref="NonFiniteLossException">One is not.</exception>
    public static void RequireFinite(ReadOnlySpan<float> logits)
    {
        if (!TensorPrimitives.IsFiniteAll(logits))
        {
            throw new NonFiniteLossException(
                "The logits of the next word are not finite: the state grows beyond all numbers where a text is longer than windows of the training. "
                + "Train with --set candidateFunction=tanh");
        }
    }

    private Tensor Logits()
    {
        _unit.Enter();
        try
        {
            _tape.Reset(recording: false);
            Selection.Modules.CopyTo(_modules.Values);
            return _model.Output.Logits(_tape, _model.ReadOut(_tape, _unit.State, _modules));
        }
        finally
        {
            _unit.Leave();
        }
    }
}
