using ModularNetworks.Data;

namespace ModularNetworks.Onnx;

/// <summary>What stands around a network that reads vectors: what is done to the vectors before it, and to its output.</summary>
public sealed record OnnxVectors
{
    /// <summary>The mean of each number of a vector, <c>[features]</c>, which is subtracted; null if the network reads vectors as they are.</summary>
    public IReadOnlyList<float>? Means { get; init; }

    /// <summary>The standard deviation of each number of a vector, <c>[features]</c>, which it is divided by; 0 of one that becomes 0 always. Null with <see cref="Means"/>.</summary>
    public IReadOnlyList<float>? Deviations { get; init; }

    /// <summary>
    /// What is predicted: classes, of which the file tells the probabilities, or a number, which the file tells in its own units. Null for the
    /// network's output as it is.
    /// </summary>
    public TableTarget? Target { get; init; }

    /// <summary>How the network selects or mixes its modules; null for the most probable ones.</summary>
    public SelectionRule? Rule { get; init; }

    /// <summary>
    /// The clusters whose numbers the network asks for. Where it asks for tasks instead, the file has an input <c>tasks</c>.
    /// </summary>
    public Clusters? Clusters { get; init; }
}
