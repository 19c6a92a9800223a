using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>a: the selections of all layers and time steps of one datapoint.</summary>
public readonly ref struct Composition
{
    private readonly ReadOnlySpan<int> _picks;

    /// <summary>Reads a composition laid out as <paramref name="layout"/> says.</summary>
    /// <exception cref="ArgumentException">The number of picks is not the layout's.</exception>
    public Composition(CompositionLayout layout, ReadOnlySpan<int> picks)
    {
        ArgumentNullException.ThrowIfNull(layout);
        if (picks.Length != layout.Length)
            throw new ArgumentException($"Composition: {Counted.Of(picks.Length, "pick")} given; the layout has {layout.Length}.");
        Layout = layout;
        _picks = picks;
    }

    /// <summary>How the selections lie.</summary>
    public CompositionLayout Layout { get; }

    /// <summary>The modules of all layers and time steps, one after the other, <c>[picks]</c>.</summary>
    public ReadOnlySpan<int> Picks => _picks;

    /// <summary>a^(l): the modules that one layer uses at one time step.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer, or it has no such step.</exception>
    public Selection this[int layer, int step = 0]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)layer, (uint)Layout.Layers.Count, nameof(layer));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)step, (uint)Layout.Layers[layer].Steps, nameof(step));
            int picks = Layout.Layers[layer].Picks;
            return new Selection(_picks.Slice(Layout.OffsetOf(layer) + (step * picks), picks));
        }
    }
}

/// <summary>a^(l): the K modules that one layer uses for one datapoint. A module may be selected more than once.</summary>
/// <param name="modules">The modules' numbers.</param>
public readonly ref struct Selection(ReadOnlySpan<int> modules)
{
    /// <summary>The modules' numbers, from 0 to M - 1.</summary>
    public ReadOnlySpan<int> Modules { get; } = modules;

    /// <summary>The numbers with commas: <c>2, 0</c>.</summary>
    public override string ToString() => string.Join(", ", Modules.ToArray());
}
