using ModularNetworks.Engine;
using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

namespace ModularNetworks;

/// <summary>
/// A trained <see cref="ModularGru"/> that reads one sequence, input by input, on the caller's thread: the controller
/// selects, and only the selected modules run. Nothing is allocated. The states are, to the last bit, those of an evaluation
/// of the same sequence; where there is no controller, they may differ by rounding.
/// </summary>
/// <remarks>
/// A reader serves one thread at a time. Give every sequence a reader of its own; they share the unit's parameters, which must
/// not change meanwhile: what families of modules have in common is added up once.
/// </remarks>
public sealed class ModularGruReader
{
    private readonly Kernels _kernels;
    private readonly LinearController? _controller;
    private readonly Matrix _gateWeight;
    private readonly ModularGruInput _input;
    private readonly ModularGruRollout _rollout;
    private readonly Tensor _hidden;
    private readonly IndexTensor _selection;
    private readonly Tensor _logProbability;

    /// <summary>Makes a unit ready to read, from a zero state.</summary>
    /// <param name="unit">The unit.</param>
    /// <exception cref="ArgumentException">The unit mixes modules by a noisy gate.</exception>
    public ModularGruReader(ModularGru unit)
    {
        ArgumentNullException.ThrowIfNull(unit);
        if (unit.NoisyGate is not null)
        {
            throw new ArgumentException(
                $"ModularGruReader: {unit.Name} mixes modules by a noisy gate; a reader needs a controller that selects them, or "
                + "fixed modules. Run ModularGru.Forward.");
        }
        // A single step is too little work to share: handing it over would take longer than doing it.
        _kernels = SimdKernels.Create(new WorkerPool(threadCount: 1));
        _controller = unit.Controller;
        _gateWeight = Matrix.Of(unit.GateWeight.Value);
        Inputs = unit.GateWeight.Shape[0] - unit.Hidden;
        var moduleWeight = unit.Modules.Weights(new Tape(_kernels, isFrozen: true));
        _input = new ModularGruInput(
            Tensor.Allocate(new Shape(1, 2 * unit.Hidden)),
            Tensor.Allocate(new Shape(1, unit.Hidden)),
            _gateWeight.RowRange(0, unit.Hidden),
            new MatrixStack(moduleWeight, 0, unit.Hidden),
            unit.Function);
        _rollout = CreateRollout(unit, new MatrixStack(moduleWeight, unit.Hidden, Inputs));
        _hidden = Tensor.Allocate(new Shape(1, unit.Hidden));
        _selection = IndexTensor.Allocate(new Shape(1, unit.Picks));
        _logProbability = Tensor.Allocate(new Shape(1));
    }

    /// <summary>The number of numbers in an input.</summary>
    public int Inputs { get; }

    /// <summary>h_t, <c>[1, hidden]</c>: zero before the first input, changed by every one.</summary>
    public Tensor State => _input.Initial;

    /// <summary>The modules that the last input selected. Valid until the next one.</summary>
    public Selection Selection => new(_selection.Values);

    /// <summary>Begins a new sequence: the state is zero again.</summary>
    public void Reset() => State.Values.Clear();

    /// <summary>Reads one input, and moves on to the next state.</summary>
    /// <param name="input">x_t, <c>[inputs]</c>.</param>
    /// <exception cref="ArgumentException">The number of inputs is another than <see cref="Inputs"/>.</exception>
    public void Read(ReadOnlySpan<float> input)
    {
        if (input.Length != Inputs)
        {
            throw new ArgumentException(
                $"ModularGruReader: {input.Length} numbers given; an input has {Inputs}. Give one time step.", nameof(input));
        }
        input.CopyTo(_rollout.Inputs.Values);
        MultiplyInput(_gateWeight, _input.GateInputs);
        if (_controller is not null)
        {
            MultiplyInput(Matrix.Of(_controller.Weight.Value), _rollout.ControllerInputs);
            var logits = _rollout.ControllerInputs.Values;
            TensorPrimitives.Add(logits, _controller.Bias.Value.Values, logits);
        }
        _kernels.ModularGruRollout(_input, _rollout, _hidden, _selection, _logProbability);
        _hidden.CopyTo(State);
    }

    private static ModularGruRollout CreateRollout(ModularGru unit, MatrixStack inputWeight)
    {
        int picks = unit.Picks, choices = picks * unit.Modules.Modules;
        // Without a controller the selection is given, and the logits' weights do not matter.
        var controllerWeight = unit.Controller?.Weight.Value ?? Tensor.Allocate(new Shape(unit.Hidden, choices));
        return new ModularGruRollout(
            Tensor.Allocate(new Shape(1, inputWeight.Inputs)),
            inputWeight,
            unit.Modules.Bias.Value,
            Tensor.Allocate(new Shape(1, choices)),
            Matrix.Of(controllerWeight).RowRange(0, unit.Hidden),
            picks,
            Candidates: 1,
            First: unit.Controller is null ? IndexTensor.From(new Shape(1, picks), [.. Enumerable.Range(0, picks)]) : null,
            Key: null);
    }

    /// <summary>The input's share of a product with [h, x].</summary>
    private void MultiplyInput(Matrix weight, Tensor product) => _kernels.MatrixProduct(
        Matrix.Of(_rollout.Inputs), false, weight.RowRange(_input.Hidden, Inputs), false, Matrix.Of(product), accumulate: false);
}
