namespace ModularNetworks.Attack;

/// <summary>Calls the members of types that live on the stack alone, which reflection cannot hold.</summary>
public static class RefStructs
{
    /// <summary>The modules of a layer at a time step.</summary>
    public static int[] Modules(CompositionLayout layout, int[] picks, int layer, int step) =>
        new Composition(layout, picks)[layer, step].Modules.ToArray();
}
