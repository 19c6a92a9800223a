using System.Text.Json.Serialization;

namespace ModularNetworks.Experiments;

/// <summary>The controllers' decisions on a fixed batch of held-out data, as a line of <c>snapshots.jsonl</c> holds them.</summary>
public sealed record NetworkSnapshot
{
    /// <summary>The number of gradient steps taken; set by the run.</summary>
    public long Step { get; init; }

    /// <summary>The layers' probabilities.</summary>
    public required IReadOnlyList<LayerSnapshot> Layers { get; init; }

    /// <summary>The paths through the modules, a group of datapoints each (Figure 2).</summary>
    public required IReadOnlyList<PathFlow> Flows { get; init; }

    /// <summary>The first modules of some paths, from the first path on; null if they are not told.</summary>
    public IReadOnlyList<IReadOnlyList<int>>? Selected { get; init; }

    /// <summary>The rows' names; null where they are those of the run's first snapshot.</summary>
    public IReadOnlyList<string>? Rows { get; init; }

    /// <summary>The columns' names; null but in the run's first snapshot.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>Entries that only one experiment has; null if there are none.</summary>
    [FlatPart]
    public IDictionary<string, object>? Own { get; init; }
}

/// <summary>A layer of a snapshot.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="Modules">M.</param>
/// <param name="Picks">K.</param>
/// <param name="Probabilities"><c>[rows, picks, modules]</c>, rounded to three decimals.</param>
public sealed record LayerSnapshot(string Name, int Modules, int Picks, IReadOnlyList<IReadOnlyList<IReadOnlyList<double>>> Probabilities);

/// <summary>The paths of a group of datapoints.</summary>
/// <param name="Group">The group's name.</param>
/// <param name="Count">The number of paths.</param>
/// <param name="Nodes">For each column, how many paths use each module.</param>
/// <param name="Edges">For each pair of neighbouring columns, how many paths use each pair of modules.</param>
public sealed record PathFlow(
    string Group, int Count,
    [property: JsonIgnore] IReadOnlyList<IReadOnlyDictionary<int, int>> Nodes,
    [property: JsonIgnore] IReadOnlyList<IReadOnlyDictionary<(int From, int To), int>> Edges)
{
    [JsonInclude, JsonPropertyName("nodes")]
    internal IEnumerable<IEnumerable<int[]>> WrittenNodes => Nodes.Select(column => column.Select(node => (int[])[node.Key, node.Value]));

    [JsonInclude, JsonPropertyName("edges")]
    internal IEnumerable<IEnumerable<int[]>> WrittenEdges =>
        Edges.Select(pair => pair.Select(edge => (int[])[edge.Key.From, edge.Key.To, edge.Value]));
}
