using System.Text.Json.Serialization;

namespace ModularNetworks;

/// <summary>Writes and reads what files tell of estimators, without reflection, so that programs can be trimmed.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    AllowDuplicateProperties = false,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(LanguageModelFile))]
[JsonSerializable(typeof(PerceptronFile))]
internal sealed partial class EstimatorJson : JsonSerializerContext;
