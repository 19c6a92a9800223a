namespace ModularNetworks.Experiments;

/// <summary>Where a selection was made.</summary>
/// <param name="Layer">The layer's position in the network.</param>
/// <param name="Step">The time step; 0 in a layer that is not recurrent.</param>
/// <param name="Row">The datapoint's place in the batch.</param>
public readonly record struct ChoicePlace(int Layer, int Step, int Row);
