using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// Related modules: module m belongs to family m modulo F. The modules of a family begin as copies of one, go on sharing
/// a part of their weights, and choice k of a layer begins in family k. With as many families as choices (F = K), the
/// network begins as the baseline of K static modules, and its modules come apart from there.
/// </summary>
/// <example>
/// A layer's pool and its controller are given the same families:
/// <code>
/// var families = new ModuleFamilies(picks);
/// var pool = new LinearModules("modules", modules, inputs, outputs, Activation.Relu, poolKey, families);
/// var controller = new LinearController("controller", inputs, modules, picks, controllerKey, families);
/// var layer = new ModularLayer("layer", pool, controller);
/// </code>
/// </example>
/// <remarks>
/// Not in the paper, whose modules begin and stay apart: each then learns from its own datapoints alone, and a layer
/// whose modules are combined in ever new ways gives the next one little to learn from.
/// </remarks>
/// <param name="Count">
/// F, the number of families; 0 if every module is on its own. With more families than choices, those beyond K are not
/// selected in the beginning.
/// </param>
public readonly record struct ModuleFamilies(int Count)
{
    // Seldom enough to begin in the family, often enough for the controller to learn otherwise.
    private const float OtherFamilyLogit = -10;

    /// <summary>Every module on its own, as in the paper.</summary>
    public static ModuleFamilies None => default;

    /// <summary>Whether there are families.</summary>
    public bool Any => Count > 0;

    /// <summary>The family of a module; without families the module itself.</summary>
    public int Of(int module) => Any ? module % Count : module;

    /// <summary>The number of modules in a choice's family; all M if there are no families.</summary>
    internal int MembersFor(int choice, int modules) => Any ? ((modules - 1 - Of(choice)) / Count) + 1 : modules;

    /// <summary>The number of the module that is some member of a choice's family.</summary>
    internal int MemberFor(int choice, int member) => Any ? Of(choice) + (member * Count) : member;

    /// <summary>Makes a controller's choices begin in their families.</summary>
    /// <param name="bias">The logits' bias, <c>[K * modules]</c>.</param>
    /// <param name="modules">M.</param>
    /// <exception cref="ArgumentException">There are more families than modules, or fewer than none.</exception>
    public void Separate(Parameter bias, int modules)
    {
        RequireMembers(bias.Name, modules);
        if (!Any)
            return;
        var logits = bias.Value.Values;
        for (int i = 0; i < logits.Length; i++)
            logits[i] = Of(i % modules) == Of(i / modules) ? 0 : OtherFamilyLogit;
    }

    /// <summary>Checks that no family is empty.</summary>
    /// <exception cref="ArgumentException">There are more families than modules, or fewer than none.</exception>
    internal void RequireMembers(string name, int modules)
    {
        if (Count < 0 || Count > modules)
        {
            throw new ArgumentException(
                $"{name}: {Count} families cannot be made of {Counted.Of(modules, "module")}; the number must be from 0, for none, to that of modules.");
        }
    }
}
