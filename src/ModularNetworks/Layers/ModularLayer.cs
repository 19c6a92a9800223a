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
    /// <exception cref="ArgumentException">The controller selects from another number of modules than the pool has.</exception>
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
        Pool = pool;
        Controller = controller;
        Combination = combination;
        Layout = new LayerLayout(name, pool.Modules, controller.Picks);
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
    /// <param name="pass">Decides how modules are selected.</param>
    /// <param name="input"><c>[rows, inputs]</c>; one row a datapoint, or one for each candidate of each datapoint.</param>
    /// <returns><c>[rows, outputs]</c> for a sum, <c>[rows, K * outputs]</c> for a concatenation.</returns>
    public Tensor Forward(ModularPass pass, Tensor input)
    {
        ArgumentNullException.ThrowIfNull(pass);
        var selection = pass.Select(Controller, input);
        var outputs = Pool.Forward(pass.Tape, pass.ForCandidates(input), selection);
        if (Combination == Combination.Sum && outputs.Shape[1] > 1)
            return pass.Tape.SumAxis(outputs, 1);
        return pass.Tape.Reshape(outputs, new Shape(outputs.Shape[0], outputs.Shape[1] * outputs.Shape[2]));
    }
}
