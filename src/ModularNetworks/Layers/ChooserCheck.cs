using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>Checks that a layer has the kind of chooser that a run needs.</summary>
internal static class ChooserCheck
{
    /// <summary>Checks that a chooser selects from the modules of a pool.</summary>
    /// <exception cref="ArgumentException">The numbers of modules, or the families, differ.</exception>
    public static void RequireSameModules(string layer, ModulePool pool, Chooser chooser)
    {
        if (chooser.Modules != pool.Modules)
        {
            throw new ArgumentException(
                $"{layer}: the controller selects from {Counted.Of(chooser.Modules, "module")}, the pool has {pool.Modules}; they must agree.");
        }
        if (chooser.Families != pool.Families)
        {
            throw new ArgumentException(
                $"{layer}: the controller begins in {chooser.Families.Count} families, the pool has {pool.Families.Count}; "
                + "give both the same ModuleFamilies.");
        }
    }

    /// <summary>Checks modules that are known, as those of one candidate.</summary>
    /// <param name="layer">The layer's name.</param>
    /// <param name="selection">The modules.</param>
    /// <param name="rows">The number of rows of which each needs a selection.</param>
    /// <param name="chooser">Would choose the modules.</param>
    /// <exception cref="ShapeException">The selection has another shape, or names a module that does not exist.</exception>
    public static void RequireSelection(string layer, IndexTensor selection, int rows, Chooser chooser)
    {
        if (selection.Shape.Rank != 2 || selection.Shape[0] != rows || selection.Shape[1] != chooser.Picks)
            throw new ShapeException($"{layer}: the selection has shape {selection.Shape}; [{rows}, {chooser.Picks}] is needed, K modules for each row.");
        IndexRange.Require(layer, "module", selection.Values, chooser.Modules);
    }

    /// <summary>The controller of a layer whose run selects modules.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static Controller ControllerOf(string layer, Chooser chooser) => chooser as Controller
        ?? throw new InvalidOperationException(chooser is NoisyGate
            ? $"{layer} has no controller: its noisy gate mixes modules and does not select them. Train it with NoisyTopK and run it "
                + "with a MixtureSelection, or give it a LinearController."
            : $"{layer} has no controller, so that nothing can choose its modules. Train it with FixedModules and run it with a "
                + "FixedSelection, or give it a controller.");

    /// <summary>The noisy gate of a layer whose run mixes modules.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static NoisyGate GateOf(string layer, Chooser chooser) => chooser as NoisyGate
        ?? throw new InvalidOperationException(
            $"{layer} has no noisy gate and cannot mix modules; it has a {chooser.GetType().Name}. Give it a NoisyGate, or train "
            + "with another method.");
}
