namespace ModularNetworks.Experiments;

/// <summary>A class that is predicted.</summary>
/// <param name="Class">The name of the class.</param>
/// <param name="Probability">Its probability, from 0 to 1.</param>
public sealed record ClassProbability(string Class, float Probability);
