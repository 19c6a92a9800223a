namespace ModularNetworks.Data;

/// <summary>What a prediction for a row of a table consists of.</summary>
/// <param name="Target">What is predicted: a class with the probabilities of all, or a number.</param>
/// <param name="Deviation">The standard deviation of the Gaussian around a predicted number, in the target's own units; null for classes.</param>
/// <param name="Layers">The layers that select modules; none if nothing selects.</param>
public sealed record AnswerForm(TableTarget Target, double? Deviation, IReadOnlyList<AnswerLayer> Layers)
{
    /// <summary>The size of an answer: the number of classes, or 1 for a number.</summary>
    public int Outputs => Target.Classes?.Count ?? 1;

    /// <summary>The number of modules that decide for a row, in all layers.</summary>
    public int Picks => Layers.Sum(layer => layer.Picks);
}

/// <summary>A layer that selects modules.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Picks">K, the number of modules that it selects for a row.</param>
public sealed record AnswerLayer(string Name, int Picks);
