using System.Text.Json;
using System.Text.Json.Serialization;

namespace ModularNetworks.Experiments;

/// <summary>The part of a run's <c>inspection.json</c> that the suite's report shows.</summary>
[CompiledJson(typeof(SuiteInspectionTypes))]
internal sealed record SuiteInspection
{
    /// <summary>The layers, in the order in which they run.</summary>
    public required IReadOnlyList<SuiteLayer> Layers { get; init; }

    /// <summary>The leakage; null if no controller selects.</summary>
    public SuiteLeakage? Leakage { get; init; }

    /// <summary>How often E-steps have visited a datapoint of the training set, on average; null if there were none.</summary>
    public double? EStepVisits { get; init; }

    /// <summary>Reads the inspection in the folder of a run.</summary>
    /// <returns>Null if the run has none: nothing is selected there, or an earlier version trained it.</returns>
    /// <exception cref="RunException">The file is damaged.</exception>
    public static SuiteInspection? Read(RunFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        string path = Path.Combine(folder.FullPath, RunFiles.Inspection);
        if (!File.Exists(path))
            return null;
        try
        {
            return RecordJson.Read<SuiteInspection>(StrictJson.Parse(folder.Read(RunFiles.Inspection)));
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            throw new RunException(
                $"{path}: this is not an inspection: {exception.Message} Delete it, and make it anew with 'modnet inspect'.", exception);
        }
    }
}

/// <summary>A layer of an inspection.</summary>
[CompiledJson(typeof(SuiteInspectionTypes))]
internal sealed record SuiteLayer
{
    /// <summary>How well the layer's modules match the rules that made the data; null where rules are not known.</summary>
    public RuleAlignment? Rules { get; init; }
}

/// <summary>The leakage of an inspection.</summary>
/// <param name="Nats">The mean over datapoints, in nats.</param>
[CompiledJson(typeof(SuiteInspectionTypes))]
internal sealed record SuiteLeakage(double Nats);

/// <summary>The records of this file, whose JSON the compiler writes code for.</summary>
[JsonSerializable(typeof(SuiteInspection))]
internal sealed partial class SuiteInspectionTypes : JsonSerializerContext;
