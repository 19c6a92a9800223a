using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// A modular layer (paper, section 2 and Figure 1): the controller selects K of the pool's M modules for every input, the
/// selected modules process it, and their outputs are summed or concatenated.
/// </summary>
public sealed class ModularLayer
{
    /// <summary>Creates a layer. Layers that are given the same pool share its modules.</summary>
    /// <param name="name">The layer's name in compositions and reports.</param>
    /// <param name="pool">The modules.</param>
    /// <param name="controller">What selects among them.</param>
    /// <param name="combination">How the selected modules' outputs become one.</param>
    /// <exception cref="ArgumentException">The controller selects from another number of modules than the pool has, or
    /// begins in other families.</exception>
    public ModularLayer(string name, ModulePool pool, Controller controller, Combination combination = Combination.Sum)
    {
        ArgumentNullException.ThrowIfNull(pool);
        ArgumentNullException.ThrowIfNull(controller);
        if (controller.Modules != pool.Modules)
        {
            throw new ArgumentException(
                $"ModularLayer {name}: the controller selects from {controller.Modules} modules, the pool has {pool.Modules}; "
                + "they must agree.");
        }
        if (controller.Families != pool.Families)
        {
            throw new ArgumentException(
                $"ModularLayer {name}: the controller begins in {controller.Families.Count} families, the pool has {pool.Families.Count}; "
                + "give both the same ModuleFamilies.");
        }
        Pool = pool;
        Controller = controller;
        Combination = combination;
        Layout = new LayerLayout(name, pool.Modules, controller.Picks) { Families = controller.Families };
    }

    /// <summary>The modules.</summary>
    public ModulePool Pool { get; }

    /// <summary>What selects among the modules.</summary>
    public Controller Controller { get; }

    /// <summary>How the selected modules' outputs become one.</summary>
    public Combination Combination { get; }

    /// <summary>The layer's part of a composition.</summary>
    public LayerLayout Layout { get; }

    /// <summary>Selects modules and runs them.</summary>
    /// <param name="pass">Decides how modules are selected, or mixed.</param>
    /// <param name="input"><c>[rows, inputs]</c>; one row a datapoint, or one for each candidate of each datapoint.</param>
    /// <returns>
    /// <c>[rows, outputs]</c> for a sum, <c>[rows, K * outputs]</c> for a concatenation; where modules are mixed, every
    /// output is multiplied by the module's share, and their number k takes the place of K.
    /// </returns>
    public Tensor Forward(ModularPass pass, Tensor input)
    {
        ArgumentNullException.ThrowIfNull(pass);
        return Combine(pass.Tape, pass.IsMixture ? Mix(pass, input) : Select(pass, input));
    }

    /// <summary>The selected modules' outputs, <c>[rows, K, outputs]</c>.</summary>
    private Tensor Select(ModularPass pass, Tensor input)
    {
        var selection = pass.Select(Controller, input);
        return Pool.Forward(pass.Tape, Pool.SharesInputs ? input : pass.ForCandidates(input), selection);
    }

    /// <summary>The mixed modules' outputs times their shares, <c>[rows, k, outputs]</c>.</summary>
    private Tensor Mix(ModularPass pass, Tensor input)
    {
        var (selection, shares) = pass.Mix(Controller, input);
        return pass.Tape.ScaleRows(Pool.Forward(pass.Tape, input, selection), shares);
    }

    private Tensor Combine(Tape tape, Tensor outputs)
    {
        if (Combination == Combination.Sum && outputs.Shape[1] > 1)
            return tape.SumAxis(outputs, 1);
        return tape.Reshape(outputs, new Shape(outputs.Shape[0], outputs.Shape[1] * outputs.Shape[2]));
    }
}
