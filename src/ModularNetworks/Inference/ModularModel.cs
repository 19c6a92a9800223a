using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// A trained network that answers on the caller's thread: the controllers select, and only the selected modules run. Any number of threads may ask
/// one model at once.
/// </summary>
/// <remarks>
/// Inside, a pool of readers shares the network's parameters, which must not change meanwhile: what families of modules have in common is added up
/// once. After more training, make a new model.
/// </remarks>
/// <example>
/// <code>
/// var model = new ModularModel(network.Layout, inputs: 2, layer.Forward);
/// var answer = model.Predict([0.3f, -0.1f]);
/// Console.WriteLine($"{answer.Output[0]} by module {answer.Composition[layer: 0].Modules[0]}");
/// </code>
/// </example>
public sealed class ModularModel
{
    private readonly SelectionRule _rule;
    private readonly CompositionLayout _layout;
    private readonly Func<ForwardPass, Tensor, Tensor> _output;
    private readonly ReaderPool<Reader> _readers = new(() => new Reader());

    /// <summary>Makes a network ready to predict.</summary>
    /// <param name="layout">The network's layout.</param>
    /// <param name="inputs">The number of inputs of a datapoint.</param>
    /// <param name="output">
    /// The network's output for <c>[rows, inputs]</c>, such as that of <see cref="ModularLayer.Forward(ForwardPass, Tensor)"/>. It runs on many threads
    /// at once, each with a pass of its own, and keeps nothing.
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
        Inputs = inputs;
    }

    /// <summary>The number of inputs of a datapoint.</summary>
    public int Inputs { get; }

    /// <summary>Computes the network's output for one datapoint.</summary>
    /// <param name="input"><c>[inputs]</c>.</param>
    /// <returns>The output, <c>[outputs]</c>, and the modules that computed it.</returns>
    /// <exception cref="ArgumentException">The number of inputs is another than <see cref="Inputs"/>.</exception>
    /// <exception cref="ShapeException">The network selects more or fewer modules than its layout says.</exception>
    public ModelAnswer Predict(ReadOnlySpan<float> input)
    {
        var answer = new ModelAnswer();
        Predict(input, answer);
        return answer;
    }

    /// <summary>Computes the network's output for one datapoint, and allocates nothing after the first calls.</summary>
    /// <param name="input"><c>[inputs]</c>.</param>
    /// <param name="answer">Receives the output, <c>[outputs]</c>, and the modules that computed it.</param>
    /// <exception cref="ArgumentException">The number of inputs is another than <see cref="Inputs"/>.</exception>
    /// <exception cref="ShapeException">The network selects more or fewer modules than its layout says.</exception>
    /// <exception cref="InvalidOperationException">Another thread predicts into the same answer.</exception>
    public void Predict(ReadOnlySpan<float> input, ModelAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        if (input.Length != Inputs)
        {
            throw new ArgumentException(
                $"ModularModel: {Counted.Of(input.Length, "number")} given; the network reads {Inputs}. Give one datapoint.", nameof(input));
        }
        Answer(batch: null, input, answer);
    }

    /// <summary>Computes the network's outputs for a batch.</summary>
    /// <param name="inputs"><c>[rows, inputs]</c>.</param>
    /// <returns>The outputs, <c>[rows, outputs]</c>, and the modules that computed them.</returns>
    /// <exception cref="ShapeException">The tensor has another shape, or the network selects more or fewer modules than its layout says.</exception>
    public ModelAnswer Predict(Tensor inputs)
    {
        var answer = new ModelAnswer();
        Predict(inputs, answer);
        return answer;
    }

    /// <summary>Computes the network's outputs for a batch, and allocates nothing after the first calls.</summary>
    /// <param name="inputs"><c>[rows, inputs]</c>.</param>
    /// <param name="answer">Receives the outputs, <c>[rows, outputs]</c>, and the modules that computed them.</param>
    /// <exception cref="ShapeException">The tensor has another shape, or the network selects more or fewer modules than its layout says.</exception>
    /// <exception cref="InvalidOperationException">Another thread predicts into the same answer.</exception>
    public void Predict(Tensor inputs, ModelAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(answer);
        if (inputs.Shape.Rank != 2 || inputs.Shape[0] == 0 || inputs.Shape[1] != Inputs)
            throw new ShapeException($"ModularModel: the batch has shape {inputs.Shape}; it must be [rows, {Inputs}] with at least one row.");
        Answer(inputs, datapoint: [], answer);
    }

    private void Answer(Tensor? batch, ReadOnlySpan<float> datapoint, ModelAnswer answer)
    {
        var reader = _readers.Rent();
        answer.Begin();
        try
        {
            reader.Tape.Reset(recording: false);
            var inputs = batch ?? reader.Tape.Constant(new Shape(1, Inputs), datapoint);
            answer.Take(_layout, Output(reader.Pass, inputs), reader.Pass.Trace, inputs.Shape[0]);
        }
        finally
        {
            answer.End();
            _readers.Return(reader);
        }
    }

    private Tensor Output(ForwardPass pass, Tensor inputs)
    {
        pass.Begin(_rule, inputs.Shape[0]);
        var output = _output(pass, inputs);
        if (pass.Trace.PickCount != _layout.Length)
        {
            throw new ShapeException(
                $"ModularModel: the network selected {Counted.Of(pass.Trace.PickCount, "module")}, its layout has {_layout.Length}. Check that it "
                + "names the modular layers that run.");
        }
        return output;
    }

    /// <summary>What one thread needs for an answer.</summary>
    private sealed class Reader
    {
        public Reader()
        {
            // One answer is too little work to share: handing it over would take longer than doing it.
            Tape = Tape.OfOwner(SimdKernels.Create(new WorkerPool(threadCount: 1)));
            Pass = new ForwardPass(Tape);
        }

        public Tape Tape { get; }

        public ForwardPass Pass { get; }
    }
}
