using System.Text.Json.Serialization;

namespace ModularNetworks;

/// <summary>Writes and reads the states of trainings, without reflection, so that programs can be trimmed.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    IgnoreReadOnlyProperties = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(FitState))]
internal sealed partial class FitJson : JsonSerializerContext;
