using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>Modules that are linear maps with a bias, followed by an activation: f_i(x) = activation(x W_i + b_i).</summary>
public sealed class LinearModules : ModulePool
{
    private readonly FamilyWeight _weight;

    /// <summary>Creates the modules, each initialised as a layer of its own (Glorot uniform weights, zero biases).</summary>
    /// <param name="name">The first part of the parameters' names.</param>
    /// <param name="modules">M.</param>
    /// <param name="inputs">The size of an input.</param>
    /// <param name="outputs">The size of a module's output.</param>
    /// <param name="activation">Applied to every module's output.</param>
    /// <param name="key">Decides the initial weights.</param>
    /// <param name="families">Which modules are related; by default none.</param>
    /// <exception cref="ArgumentException">There are more families than modules.</exception>
    public LinearModules(
        string name,
        int modules,
        int inputs,
        int outputs,
        Activation activation,
        RandomKey key,
        ModuleFamilies families = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(modules, 1);
        ArgumentNullException.ThrowIfNull(activation);
        Modules = modules;
        Activation = activation;
        _weight = new FamilyWeight(name, new Shape(modules, inputs, outputs), inputs, outputs, families, key);
        Bias = new Parameter($"{name}.bias", new Shape(modules, outputs), stacked: true);
        Parameters = [.. _weight.Parameters, Bias];
    }

    /// <summary>Whether the modules have no activation, so that their sums are all that they give.</summary>
    internal bool IsLinear => Activation == Activation.None;

    /// <inheritdoc/>
    public override int Modules { get; }

    /// <inheritdoc/>
    public override ModuleFamilies Families => _weight.Families;

    /// <summary>Applied to every module's output.</summary>
    public Activation Activation { get; }

    /// <summary>W, <c>[modules, inputs, outputs]</c>; with families what each module has alone, zero at first.</summary>
    public Parameter Weight => _weight.Own;

    /// <summary>b, <c>[modules, outputs]</c>.</summary>
    public Parameter Bias { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; }

    /// <inheritdoc/>
    public override Tensor Forward(Tape tape, Tensor input, IndexTensor selection)
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(input);
        _weight.RequireInput(input);
        return Activation.Forward(tape, tape.GroupedLinear(input, selection, Weights(tape), Bias.Value));
    }

    /// <inheritdoc/>
    public override long MultiplyAdds => (long)Weight.Shape[1] * Weight.Shape[2];

    /// <summary>The weights that modules compute with, <c>[modules, inputs, outputs]</c>, whether related or not.</summary>
    /// <param name="tape">Records the sum of what is common and what is not.</param>
    public Tensor Weights(Tape tape) => _weight.Sum(tape);
}
