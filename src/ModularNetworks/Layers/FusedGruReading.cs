using System.Numerics.Tensors;
using ModularNetworks.Engine;
using Tensor = ModularNetworks.Engine.Tensor;

namespace ModularNetworks;

/// <summary>Reads by the fused kernel of linear modules, one time step at a time.</summary>
internal sealed class FusedGruReading : GruReading
{
    private readonly Kernels _kernels;
    private readonly LinearController? _controller;
    private readonly ModularGruInput _input;
    private readonly ModularGruRollout _rollout;
    private readonly Tensor _hidden;
    private readonly Tensor _logProbability = Tensor.Allocate(new Shape(1));

    /// <summary>Prepares the reading.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="modules">The unit's modules.</param>
    /// <param name="gates">The modules' gates; null if they are shared.</param>
    /// <param name="kernels">Does the arithmetic.</param>
    public FusedGruReading(ModularGru unit, LinearModules modules, GateModules? gates, Kernels kernels)
        : base(unit)
    {
        _kernels = kernels;
        _controller = unit.Chooser as LinearController;
        var tape = new Tape(kernels, isFrozen: true);
        var weight = modules.Weights(tape);
        var gateWeight = gates is null ? unit.GateWeight!.Value : gates.Weights(tape);
        _input = new ModularGruInput(
            gates is null ? Tensor.Allocate(new Shape(1, 2 * unit.Hidden)) : null,
            State,
            GruGateWeight.Of(gateWeight, unit.Hidden),
            new MatrixStack(weight, 0, unit.Hidden),
            unit.Activation);
        _rollout = CreateRollout(unit, modules, new MatrixStack(weight, unit.Hidden, unit.Inputs)) with
        {
            GateInputWeight = gates is null ? null : new MatrixStack(gateWeight, unit.Hidden, unit.Inputs),
        };
        _hidden = Tensor.Allocate(new Shape(1, unit.Hidden));
    }

    public override void Read(ReadOnlySpan<float> input, int inputKey)
    {
        input.CopyTo(_rollout.Inputs.Values);
        if (_input.GateInputs is { } gateInputs)
            MultiplyInput(Matrix.Of(Unit.GateWeight!.Value), gateInputs);
        if (_controller is not null)
        {
            MultiplyInput(Matrix.Of(_controller.Weight.Value), _rollout.ControllerInputs);
            var logits = _rollout.ControllerInputs.Values;
            TensorPrimitives.Add(logits, _controller.Bias.Value.Values, logits);
            if (_controller.Table is { } table)
                TensorPrimitives.Add(logits, table.Value.Values.Slice(inputKey * logits.Length, logits.Length), logits);
        }
        _kernels.ModularGruRollout(_input, _rollout, _hidden, Modules, _logProbability);
        _hidden.CopyTo(State);
    }

    private static ModularGruRollout CreateRollout(ModularGru unit, LinearModules modules, MatrixStack inputWeight)
    {
        int picks = unit.Picks, choices = picks * modules.Modules;
        var controller = unit.Chooser as LinearController;
        // Without a controller the selection is given, and the logits' weights do not matter.
        var controllerWeight = controller?.Weight.Value ?? Tensor.Allocate(new Shape(unit.Hidden, choices));
        return new ModularGruRollout(
            Tensor.Allocate(new Shape(1, unit.Inputs)),
            inputWeight,
            GateInputWeight: null,
            modules.Bias.Value,
            Tensor.Allocate(new Shape(1, choices)),
            Matrix.Of(controllerWeight).RowRange(0, unit.Hidden),
            picks,
            Candidates: 1,
            First: controller is null ? IndexTensor.From(new Shape(1, picks), [.. Enumerable.Range(0, picks)]) : null,
            Key: null);
    }

    /// <summary>The input's share of a product with [h, x].</summary>
    private void MultiplyInput(Matrix weight, Tensor product)
    {
        var rows = weight.RowRange(_input.Hidden, _rollout.Inputs.Shape[1]);
        _kernels.MatrixProduct(Matrix.Of(_rollout.Inputs), false, rows, false, Matrix.Of(product), accumulate: false);
    }
}
