using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>Reads by the unit's own operations, whatever its modules and its controller are.</summary>
/// <param name="unit">The unit.</param>
/// <param name="kernels">Does the arithmetic.</param>
internal sealed class PlainGruReading(ModularGru unit, Kernels kernels) : GruReading(unit)
{
    private readonly Tape _tape = new(kernels, isFrozen: true);

    public override void Read(ReadOnlySpan<float> input)
    {
        _tape.Reset(recording: false);
        var x = _tape.Constant(new Shape(1, Unit.Inputs), input);
        if (Unit.Chooser is Controller)
            Unit.Logits(_tape, x, State).MostProbable(_tape).Values.CopyTo(Modules.Values);
        Unit.NextStates(_tape, x, State, Modules).CopyTo(State);
    }
}
