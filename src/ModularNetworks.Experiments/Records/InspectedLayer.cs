using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace ModularNetworks.Experiments;

/// <summary>A layer of an inspection: the selections of its controller, and what its modules do.</summary>
public sealed record InspectedLayer : LayerMetrics
{
    /// <summary>Creates a layer of which nothing is known.</summary>
    [JsonConstructor]
    public InspectedLayer()
    {
    }

    /// <summary>Adds findings to the metrics of a layer.</summary>
    [SetsRequiredMembers]
    public InspectedLayer(LayerMetrics metrics, IReadOnlyList<LabelInformation> labels, IReadOnlyList<ModuleDetail> details)
        : base(metrics) => (Labels, Details) = (labels, details);

    /// <summary>The information between the layer's modules and labels of some kinds.</summary>
    [JsonPropertyOrder(1)] // after the metrics
    public IReadOnlyList<LabelInformation> Labels { get => field ?? []; init; }

    /// <summary>How well the layer's modules match the rules that made the data; null where rules are not known.</summary>
    [JsonPropertyOrder(1)]
    public RuleAlignment? Rules { get; init; }

    /// <summary>Each module by itself.</summary>
    [JsonPropertyOrder(1)]
    public IReadOnlyList<ModuleDetail> Details { get => field ?? []; init; }
}

/// <summary>The information between modules and labels of one kind.</summary>
/// <param name="Kind">The kind of labels, such as <c>class</c>.</param>
/// <param name="MutualInformation">I(module; label), in nats.</param>
/// <param name="NormalizedMutualInformation">The same over the mean of both entropies, from 0 to 1.</param>
public sealed record LabelInformation(string Kind, double MutualInformation, double NormalizedMutualInformation);

/// <summary>The distance between the best sample and the controllers' mode.</summary>
/// <param name="Nats">The mean over datapoints of log p(y|x, a), the best of the mode and some samples less the mode, in nats.</param>
/// <param name="Samples">The number of samples for each datapoint.</param>
/// <param name="Datapoints">The number of datapoints.</param>
public sealed record OracleGapEstimate(double Nats, int Samples, int Datapoints);

/// <summary>The gain over the controllers' mode by an E-step that sees the targets.</summary>
/// <param name="Nats">The mean over datapoints of log p(y|x, a*) less that of the mode, in nats.</param>
/// <param name="Samples">The number of samples that the E-step tries beside the mode; null if it tries all compositions.</param>
/// <param name="Datapoints">The number of datapoints.</param>
public sealed record LeakageEstimate(double Nats, int? Samples, int Datapoints);

/// <summary>A small picture of an image.</summary>
/// <param name="Label">The image's class.</param>
/// <param name="Png">The picture as a data URL.</param>
public sealed record ImageThumbnail(string Label, string Png);
