using System.Text.Json.Serialization;
using ModularNetworks.Experiments;

namespace ModularNetworks.Cli.Training;

/// <summary>What follows a text, as JSON.</summary>
/// <param name="Text">The text.</param>
/// <param name="Prediction">What follows.</param>
[CompiledJson(typeof(AnswerTypes))]
internal sealed record PredictedText(string Text, [property: FlatPart] TextPrediction Prediction);

/// <summary>The class of an image, as JSON.</summary>
/// <param name="Image">The image's name.</param>
/// <param name="Class">The most probable class.</param>
/// <param name="Probabilities">The probability of each class that is told.</param>
/// <param name="Modules">The modules that decided, by layer; null if there are none.</param>
[CompiledJson(typeof(AnswerTypes))]
internal sealed record PredictedImage(
    string Image, string Class, IReadOnlyDictionary<string, float> Probabilities, IReadOnlyDictionary<string, IReadOnlyList<int>>? Modules);

/// <summary>The answers whose JSON the compiler writes code for.</summary>
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(PredictedText))]
[JsonSerializable(typeof(PredictedImage))]
internal sealed partial class AnswerTypes : JsonSerializerContext;
