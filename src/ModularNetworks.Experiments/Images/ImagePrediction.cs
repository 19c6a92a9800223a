namespace ModularNetworks.Experiments;

/// <summary>A prediction of an image's class.</summary>
/// <param name="Classes">The most probable classes, the most probable one first.</param>
/// <param name="Modules">The modules that computed it, a layer each, in the order in which the layers run; none if nothing selects them.</param>
public sealed record ImagePrediction(IReadOnlyList<ClassProbability> Classes, IReadOnlyList<LayerModules> Modules);

/// <summary>A class that an image may be of.</summary>
/// <param name="Class">The name of the class.</param>
/// <param name="Probability">Its probability, from 0 to 1.</param>
public sealed record ClassProbability(string Class, double Probability);

/// <summary>The modules that a layer used.</summary>
/// <param name="Layer">The name of the layer.</param>
/// <param name="Modules">Their numbers, <c>[K]</c>.</param>
public sealed record LayerModules(string Layer, IReadOnlyList<int> Modules);
