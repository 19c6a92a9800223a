using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>Reads by the unit's own operations, whatever its modules and its controller are.</summary>
/// <param name="unit">The unit.</param>
/// <param name="kernels">Does the arithmetic.</param>
internal sealed class PlainGruReading(ModularGru unit, Kernels kernels) : GruReading(unit)
{
    private readonly Tape _tape = Tape.OfOwner(kernels);
    private readonly IndexTensor _inputKey = IndexTensor.Allocate(new Shape(1));

    public override void Read(ReadOnlySpan<float> input, int inputKey)
    {
        _tape.Reset(recording: false);
        var x = _tape.Constant(new Shape(1, Unit.Inputs), input);
        _inputKey.Values[0] = inputKey;
        if (Unit.Chooser is Controller)
            Unit.Logits(_tape, new ControllerInput(x, _inputKey), State).MostProbable(_tape).Values.CopyTo(Modules.Values);
        Unit.NextStates(_tape, x, State, Modules).CopyTo(State);
    }
}
