using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// The gates z and r that each module of a <see cref="ModularGru"/> brings, before the sigmoid: linear maps of [h, x] without a
/// bias, g_i([h, x]) = [h, x] W_i. One module that is always selected is the same as shared gates.
/// </summary>
public sealed class GateModules : ModulePool
{
    private readonly FamilyWeight _weight;

    /// <summary>Creates the gates; each module's have Glorot uniform weights as shared ones would.</summary>
    /// <param name="name">The first part of the parameters' names.</param>
    /// <param name="modules">M.</param>
    /// <param name="inputs">The size of [h, x].</param>
    /// <param name="hidden">The size of a state h.</param>
    /// <param name="key">Decides the initial weights.</param>
    /// <param name="families">Which modules are related, as the unit's modules are; by default none.</param>
    /// <exception cref="ArgumentException">There are more families than modules.</exception>
    public GateModules(string name, int modules, int inputs, int hidden, RandomKey key, ModuleFamilies families = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(modules, 1);
        Modules = modules;
        _weight = new FamilyWeight(name, new Shape(modules, inputs, Sizes.Product(name, 2, hidden)), inputs, hidden, families, key);
    }

    /// <inheritdoc/>
    public override int Modules { get; }

    /// <inheritdoc/>
    public override ModuleFamilies Families => _weight.Families;

    /// <summary>W_z and W_r side by side, <c>[modules, hidden + inputs, 2 hidden]</c>; with families what each has alone.</summary>
    public Parameter Weight => _weight.Own;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => _weight.Parameters;

    /// <inheritdoc/>
    public override long MultiplyAdds => (long)Weight.Shape[1] * Weight.Shape[2];

    /// <inheritdoc/>
    public override Tensor Forward(Tape tape, Tensor input, IndexTensor selection)
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(input);
        _weight.RequireInput(input);
        return tape.GroupedLinear(input, selection, Weights(tape), bias: null);
    }

    /// <summary>The weights that modules compute with, <c>[modules, hidden + inputs, 2 hidden]</c>, whether related or not.</summary>
    /// <param name="tape">Records the sum of what is common and what is not.</param>
    public Tensor Weights(Tape tape) => _weight.Sum(tape);
}
