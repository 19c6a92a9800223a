using System.Text.Json;
using System.Text.Json.Serialization;

namespace ModularNetworks.Experiments;

/// <summary>The records that all runs have, whose JSON the compiler writes code for.</summary>
[JsonSerializable(typeof(MetricsLine))]
[JsonSerializable(typeof(RunSummary))]
[JsonSerializable(typeof(NetworkInspection))]
[JsonSerializable(typeof(NetworkSnapshot))]
[JsonSerializable(typeof(SelectionMetrics))]
[JsonSerializable(typeof(OrderedDictionary<string, double?>))]
[JsonSerializable(typeof(OrderedDictionary<string, JsonElement>))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, JsonElement>))]
[JsonSerializable(typeof(IReadOnlyList<IReadOnlyList<double>>))]
[JsonSerializable(typeof(double[][]))]
internal sealed partial class RecordTypes : JsonSerializerContext;
