using System.Text.Json.Serialization;

namespace ModularNetworks;

/// <summary>Writes and reads what a file tells of a classifier or a regressor, without reflection; on its own, so that a program has no code for other estimators.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    AllowDuplicateProperties = false,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(PerceptronFile))]
internal sealed partial class PerceptronJson : JsonSerializerContext;
