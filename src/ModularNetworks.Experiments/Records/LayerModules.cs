namespace ModularNetworks.Experiments;

/// <summary>The modules that a layer used.</summary>
/// <param name="Layer">The name of the layer.</param>
/// <param name="Modules">Their numbers, <c>[K]</c>.</param>
public sealed record LayerModules(string Layer, IReadOnlyList<int> Modules);
