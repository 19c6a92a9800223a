using System.Text.Json;

namespace ModularNetworks.Serving;

/// <summary>A trained model that answers requests. Any number of threads may ask it at once.</summary>
/// <param name="name">The name by which requests ask for it.</param>
internal abstract class ServedModel(string name)
{
    /// <summary>The name by which requests ask for it.</summary>
    public string Name { get; } = name;

    /// <summary>What it takes: <c>table</c>, <c>vector</c>, <c>image</c> or <c>text</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>The property of a request that lists what is asked about.</summary>
    public abstract string Items { get; }

    /// <summary>The layers that select modules; none if nothing selects them.</summary>
    public abstract IReadOnlyList<LayerLayout> Layers { get; }

    /// <summary>Writes the properties that tell what it takes and what it answers.</summary>
    public abstract void Describe(Utf8JsonWriter json);

    /// <summary>Writes the JSON schema of one item of a request.</summary>
    public abstract void DescribeItem(Utf8JsonWriter json);

    /// <summary>Answers a request.</summary>
    /// <param name="request">The request, which has been checked to be an object.</param>
    /// <param name="limits">The bounds of what it can ask for.</param>
    /// <param name="json">Receives the predictions, a value each.</param>
    /// <param name="stop">Ends the work.</param>
    /// <returns>The number of predictions.</returns>
    /// <exception cref="RequestException">The request is wrong.</exception>
    public abstract int Predict(JsonElement request, ServingLimits limits, Utf8JsonWriter json, CancellationToken stop);
}
