using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// The modules that each token, cluster or task uses in one layer: a function of the input alone, by which compositions can
/// begin (Algorithm 1 lets them begin anywhere), a table controller can decide, or modules can be selected for good.
/// </summary>
public sealed class ModuleAssignment
{
    private readonly int[] _modules;

    /// <summary>Takes an assignment.</summary>
    /// <param name="modules">M.</param>
    /// <param name="picks">K.</param>
    /// <param name="assigned">The modules of each input key, <c>[input keys, K]</c>.</param>
    /// <exception cref="ArgumentException">The numbers do not fill whole rows, or a module does not exist.</exception>
    public ModuleAssignment(int modules, int picks, params ReadOnlySpan<int> assigned)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(modules, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(picks, 1);
        if (assigned.Length == 0 || assigned.Length % picks != 0)
            throw new ArgumentException($"ModuleAssignment: {assigned.Length} modules are given; a multiple of {picks} picks is needed, at least one row.");
        foreach (int module in assigned)
        {
            if ((uint)module >= (uint)modules)
                throw new ArgumentException($"ModuleAssignment: module {module} is assigned; there are modules 0 to {modules - 1}.");
        }
        (Modules, Picks, InputKeys) = (modules, picks, assigned.Length / picks);
        _modules = assigned.ToArray();
    }

    /// <summary>M.</summary>
    public int Modules { get; }

    /// <summary>K.</summary>
    public int Picks { get; }

    /// <summary>The number of tokens, clusters or tasks.</summary>
    public int InputKeys { get; }

    /// <summary>The module that an input key uses for a choice.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such input key, or no such choice.</exception>
    public int this[int inputKey, int choice]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)inputKey, (uint)InputKeys, nameof(inputKey));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)choice, (uint)Picks, nameof(choice));
            return _modules[(inputKey * Picks) + choice];
        }
    }

    /// <summary>
    /// Goes round the modules: key g uses module g mod M for the first choice, (g / M) mod M for the second, and so on; within
    /// families, the same among the modules of each choice's family.
    /// </summary>
    /// <param name="layer">The layer.</param>
    /// <param name="inputKeys">The number of tokens, clusters or tasks.</param>
    public static ModuleAssignment RoundRobin(LayerLayout layer, int inputKeys)
    {
        ArgumentNullException.ThrowIfNull(layer);
        _ = new CompositionLayout(layer); // refuses a layer without modules or picks
        int[] assigned = SizedArray.Create<int>("ModuleAssignment", Sizes.Product("ModuleAssignment", inputKeys, layer.Picks));
        for (int key = 0; key < inputKeys; key++)
        {
            int rest = key;
            for (int choice = 0; choice < layer.Picks; choice++)
            {
                (rest, int member) = Math.DivRem(rest, layer.Families.MembersFor(choice, layer.Modules));
                assigned[(key * layer.Picks) + choice] = layer.Families.MemberFor(choice, member);
            }
        }
        return new ModuleAssignment(layer.Modules, layer.Picks, assigned);
    }

    /// <summary>The same modules several times, for keys that are this assignment's keys in each of some contexts.</summary>
    /// <param name="contexts">The number of contexts; key g in context c has the number c times <see cref="InputKeys"/> plus g.</param>
    public ModuleAssignment Repeat(int contexts)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(contexts, 1);
        int[] assigned = SizedArray.Create<int>("ModuleAssignment", Sizes.Product("ModuleAssignment", _modules.Length, contexts));
        for (int start = 0; start < assigned.Length; start += _modules.Length)
            _modules.CopyTo(assigned, start);
        return new ModuleAssignment(Modules, Picks, assigned);
    }

    /// <summary>The modules of an input key, <c>[K]</c>.</summary>
    internal ReadOnlySpan<int> Of(int inputKey) => _modules.AsSpan(inputKey * Picks, Picks);
}
