namespace ModularNetworks.Experiments;

/// <summary>A prediction of an image's class.</summary>
/// <param name="Classes">The most probable classes, the most probable one first.</param>
/// <param name="Modules">The modules that computed it, a layer each, in the order in which the layers run; none if nothing selects them.</param>
public sealed record ImagePrediction(IReadOnlyList<ClassProbability> Classes, IReadOnlyList<LayerModules> Modules);
