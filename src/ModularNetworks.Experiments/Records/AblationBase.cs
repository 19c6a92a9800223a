namespace ModularNetworks.Experiments;

/// <summary>The test result of a whole network, beside which its results without single modules are read.</summary>
/// <param name="Metric">The number's name, such as <c>accuracy</c>.</param>
/// <param name="Value">The number; null if it was not finite.</param>
public sealed record AblationBase(string Metric, double? Value);
