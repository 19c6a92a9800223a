using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>One modular layer's part of a composition.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="Modules">M, the number of modules to select from.</param>
/// <param name="Picks">K, the number of modules selected at once.</param>
/// <param name="Steps">The number of time steps; 1 for a layer that is not recurrent.</param>
public sealed record LayerLayout(string Name, int Modules, int Picks, int Steps = 1)
{
    /// <summary>The number of picks of this layer: steps times K.</summary>
    public int Length => Sizes.Product(Name, Steps, Picks);

    /// <summary>The families in which choices begin; none by default.</summary>
    public ModuleFamilies Families { get; init; }
}

/// <summary>
/// How the selections of all layers lie one after the other in a composition: by layer, then time step, then k.
/// </summary>
public sealed class CompositionLayout
{
    private readonly int[] _offsets;
    private readonly int[] _modulesOfPick;

    /// <summary>Lays out the layers in the order in which the network runs them.</summary>
    /// <exception cref="ArgumentException">No layer, or one with no modules or no picks.</exception>
    /// <exception cref="ShapeException">There are more picks than a tensor can hold.</exception>
    public CompositionLayout(params IReadOnlyList<LayerLayout> layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        if (layers.Count == 0)
            throw new ArgumentException("CompositionLayout: a modular network needs at least one modular layer.");
        foreach (var layer in layers)
        {
            if (layer.Modules < 1 || layer.Picks < 1 || layer.Steps < 1)
            {
                throw new ArgumentException(
                    $"CompositionLayout: layer {layer.Name} has {Counted.Of(layer.Modules, "module")}, {Counted.Of(layer.Picks, "pick")} and "
                    + $"{Counted.Of(layer.Steps, "step")}; each must be at least 1.");
            }
        }
        Layers = [.. layers];
        _offsets = new int[layers.Count + 1];
        for (int i = 0; i < layers.Count; i++)
            _offsets[i + 1] = Sizes.Sum("CompositionLayout", _offsets[i], layers[i].Length);
        _modulesOfPick = SizedArray.Create<int>(nameof(CompositionLayout), _offsets[^1]);
        for (int i = 0; i < layers.Count; i++)
            _modulesOfPick.AsSpan(_offsets[i], layers[i].Length).Fill(layers[i].Modules);
    }

    /// <summary>The layers in the order in which the network runs them.</summary>
    public IReadOnlyList<LayerLayout> Layers { get; }

    /// <summary>The number of picks in a composition.</summary>
    public int Length => _modulesOfPick.Length;

    /// <summary>The number of different compositions, the product of all M; infinity when it is astronomic.</summary>
    public double CompositionCount => _modulesOfPick.Aggregate(1.0, (count, modules) => count * modules);

    /// <summary>Where a layer's picks start.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer.</exception>
    public int OffsetOf(int layer)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)layer, (uint)Layers.Count, nameof(layer));
        return _offsets[layer];
    }

    /// <summary>The number of modules that a pick chooses from.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such pick.</exception>
    public int ModulesOf(int pick)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)pick, (uint)Length, nameof(pick));
        return _modulesOfPick[pick];
    }
}
