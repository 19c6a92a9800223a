namespace ModularNetworks.Experiments;

/// <summary>A prediction for a row of a table.</summary>
/// <param name="Number">The number, in the target's own units; null if the target is classes.</param>
/// <param name="Deviation">The standard deviation of the Gaussian around the number, in the same units; null if the target is classes.</param>
/// <param name="Classes">All classes, the most probable one first; none if the target is a number.</param>
/// <param name="Modules">The modules that computed it, a layer each, in the order in which the layers run; none if nothing selects them.</param>
public sealed record TablePrediction(float? Number, float? Deviation, IReadOnlyList<ClassProbability> Classes, IReadOnlyList<LayerModules> Modules);
