using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// A trained network that answers one datapoint at a time, on the caller's thread: the controllers select, and only the
/// selected modules run. After the first calls nothing is allocated.
/// </summary>
/// <remarks>
/// A model serves one thread at a time. Give every thread a model of its own; they share the network's parameters, which
/// must not change meanwhile: what families of modules have in common is added up once. After more training, make a new
/// model.
/// </remarks>
/// <example>
/// <code>
/// var model = new ModularModel(network.Layout, inputs: 2, layer.Forward);
/// ReadOnlySpan&lt;float&gt; y = model.Predict([0.3f, -0.1f]);
/// Console.WriteLine($"{y[0]} by module {model.Composition[layer: 0].Modules[0]}");
/// </code>
/// </example>
public sealed class ModularModel
{
    private readonly Tape _tape;
    private readonly ForwardPass _pass;
    private readonly SelectionRule _rule;
    private readonly CompositionLayout _layout;
    private readonly Func<ForwardPass, Tensor, Tensor> _output;
    private readonly OfOneThread<Answer> _answer;
    private BusyFlag _busy;

    /// <summary>Makes a network ready to predict.</summary>
    /// <param name="layout">The network's layout.</param>
    /// <param name="inputs">The number of inputs of a datapoint.</param>
    /// <param name="output">
    /// The network's output for <c>[1, inputs]</c>, such as that of <see cref="ModularLayer.Forward(ForwardPass, Tensor)"/>.
    /// </param>
    /// <param name="rule">How the network selects its modules; null for the most probable ones.</param>
    public ModularModel(
        CompositionLayout layout, int inputs, Func<ForwardPass, Tensor, Tensor> output, SelectionRule? rule = null)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentOutOfRangeException.ThrowIfNegative(inputs);
        ArgumentNullException.ThrowIfNull(output);
        _rule = rule ?? new ModeSelection();
        _layout = _rule.LayoutOf(layout);
        _output = output;
        _answer = new OfOneThread<Answer>(nameof(ModularModel), () => new Answer(_layout.Length));
        Inputs = inputs;
        // A single datapoint is too little work to share: handing it over would take longer than doing it.
        _tape = Tape.OfOwner(SimdKernels.Create(new WorkerPool(threadCount: 1)));
        _pass = new ForwardPass(_tape);
    }

    /// <summary>The number of inputs of a datapoint.</summary>
    public int Inputs { get; }

    /// <summary>The modules that the last prediction used; module 0 everywhere before the first. Valid until the next call.</summary>
    /// <exception cref="InvalidOperationException">It was another thread's.</exception>
    public Composition Composition => new(_layout, _answer.Current.Picks);

    /// <summary>Computes the network's output for one datapoint.</summary>
    /// <param name="input"><c>[inputs]</c>.</param>
    /// <returns>The output, <c>[outputs]</c>, valid until the next call.</returns>
    /// <exception cref="ArgumentException">The number of inputs is another than <see cref="Inputs"/>.</exception>
    /// <exception cref="ShapeException">The network selects more or fewer modules than its layout says.</exception>
    /// <exception cref="InvalidOperationException">Another thread is in a prediction of this model.</exception>
    public ReadOnlySpan<float> Predict(ReadOnlySpan<float> input)
    {
        if (input.Length != Inputs)
        {
            throw new ArgumentException(
                $"ModularModel: {input.Length} numbers given; the network reads {Inputs}. Give one datapoint.", nameof(input));
        }
        _busy.Enter(nameof(ModularModel));
        try
        {
            var answer = _answer.Begin();
            answer.Take(Output(input), _pass.Trace);
            return answer.Output;
        }
        finally
        {
            _busy.Leave();
        }
    }

    private Tensor Output(ReadOnlySpan<float> input)
    {
        _tape.Reset(recording: false);
        _pass.Begin(_rule, batchSize: 1);
        var output = _output(_pass, _tape.Constant(new Shape(1, Inputs), input));
        if (_pass.Trace.PickCount != _layout.Length)
        {
            throw new ShapeException(
                $"ModularModel: the network selected {_pass.Trace.PickCount} modules, its layout has {_layout.Length}. Check that it "
                + "names the modular layers that run.");
        }
        return output;
    }

    /// <summary>The answer to one thread, which the next prediction of another thread leaves alone.</summary>
    private sealed class Answer(int picks)
    {
        private float[] _output = [];
        private int _outputs;

        public int[] Picks { get; } = new int[picks];

        public ReadOnlySpan<float> Output => _output.AsSpan(0, _outputs);

        public void Take(Tensor output, SelectionTrace trace)
        {
            var values = output.Values;
            if (_output.Length < values.Length)
                _output = new float[values.Length];
            values.CopyTo(_output);
            _outputs = values.Length;
            trace.CopyComposition(row: 0, Picks);
        }
    }
}
