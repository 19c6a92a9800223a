using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>The states' share of the gates z and r: one matrix for all modules, or a matrix of each.</summary>
internal readonly struct GruGateWeight
{
    private readonly Matrix _shared;
    private readonly MatrixStack _ofModules;

    private GruGateWeight(Matrix shared, MatrixStack ofModules, bool isShared) =>
        (_shared, _ofModules, IsShared) = (shared, ofModules, isShared);

    /// <summary>Whether all modules have the same gates.</summary>
    public bool IsShared { get; }

    /// <summary><c>[hidden, 2 hidden]</c>, of gates that are shared.</summary>
    public Matrix Shared => _shared;

    /// <summary><c>[hidden, 2 hidden]</c> each, of gates that every module brings.</summary>
    public MatrixStack OfModules => _ofModules;

    /// <summary>The rows of a weight that act on the states.</summary>
    /// <param name="weight">
    /// <c>[hidden + inputs, 2 hidden]</c>, shared by all modules, or <c>[modules, hidden + inputs, 2 hidden]</c>.
    /// </param>
    /// <param name="hidden">The size of a state.</param>
    public static GruGateWeight Of(Tensor weight, int hidden)
    {
        ArgumentNullException.ThrowIfNull(weight);
        return weight.Shape.Rank == 3
            ? new GruGateWeight(default, new MatrixStack(weight, 0, hidden), isShared: false)
            : new GruGateWeight(Matrix.Of(weight).RowRange(0, hidden), default, isShared: true);
    }
}
