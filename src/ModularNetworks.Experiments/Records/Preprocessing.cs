using System.Text.Json.Serialization;

namespace ModularNetworks.Experiments;

/// <summary>
/// The part of a trained run that turns raw input into numbers and numbers into answers, as <c>preprocessing.json</c> holds it. It is fitted
/// on the training split alone. Each kind of data has a record of its own.
/// </summary>
/// <param name="Kind">The kind of the data, such as <c>text</c>: what else the file has depends on it.</param>
public abstract record Preprocessing([property: JsonPropertyOrder(-1)] string Kind);
