using ModularNetworks.Engine;

namespace ModularNetworks.Benchmarks;

/// <summary>A step through one layer: forward, then backward from a given gradient of its output to its input.</summary>
internal sealed class LayerStep
{
    private readonly Parameter _input;
    private readonly Tensor _outputGradient;

    public LayerStep(BenchSetup setup, int rows, int inputs, int outputs)
    {
        Tape = new Tape(setup.Kernels);
        _input = new Parameter("input", new Shape(rows, inputs));
        setup.RandomTensor(_input.Shape, "input").CopyTo(_input.Value);
        _outputGradient = setup.RandomTensor(new Shape(rows, outputs), "outputGradient");
    }

    public Tape Tape { get; }

    /// <summary>The input, <c>[rows, inputs]</c>.</summary>
    public Tensor Input => _input.Value;

    /// <summary>Runs a layer on the input.</summary>
    /// <param name="forward">Makes the output, <c>[rows, ...]</c> of as many numbers as the gradient of the output has.</param>
    public void Run(Func<Tape, Tensor> forward)
    {
        Begin();
        var output = forward(Tape);
        Tape.Backward(output, Tape.View(_outputGradient, output.Shape));
    }

    /// <summary>Runs a layer whose controller draws the modules, and teaches the controller what it drew.</summary>
    public void RunSelected(ForwardPass pass, ModularLayer layer, RandomKey key)
    {
        Begin();
        pass.Begin(new SampledSelection(key), _input.Shape[0]);
        var output = layer.Forward(pass, Input);
        Tape.Backward(Tape.Add(Tape.Sum(Tape.Multiply(output, _outputGradient)), Tape.Mean(pass.Trace.LogProbability!)));
    }

    private void Begin()
    {
        Tape.Reset(recording: true);
        Tape.Kernels.Clear(_input.Gradient);
    }
}
