using System.Buffers;
using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>One tensor for each time step, in an array that is lent and given back, so that no sequence allocates.</summary>
internal readonly struct StepTensors
{
    private readonly Tensor[] _tensors;
    private readonly int _steps;

    private StepTensors(int steps) => (_tensors, _steps) = (ArrayPool<Tensor>.Shared.Rent(steps), steps);

    /// <summary>The tensor of a time step, <c>[rows, ...]</c>.</summary>
    public Tensor this[int step]
    {
        get => _tensors[step];
        set => _tensors[step] = value;
    }

    /// <summary>Room for some time steps, until <see cref="Join"/>.</summary>
    public static StepTensors Rent(int steps) => new(steps);

    /// <summary>All time steps one after the other, <c>[steps * rows, ...]</c>; ends the use of this object.</summary>
    public Tensor Join(Tape tape)
    {
        var joined = tape.ConcatenateRows(_tensors.AsSpan(0, _steps));
        ArrayPool<Tensor>.Shared.Return(_tensors, clearArray: true);
        return joined;
    }
}
