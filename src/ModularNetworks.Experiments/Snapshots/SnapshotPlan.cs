namespace ModularNetworks.Experiments;

/// <summary>The content of a run's snapshots: some of the picks on a fixed batch of held-out data, and their groups.</summary>
public sealed class SnapshotPlan
{
    /// <summary>The number of rows of a heat map, at most.</summary>
    public const int MostRows = 35;

    // More would not be seen in a heat map, and fill the disk.
    private const int MostModules = 256;

    /// <summary>The layers.</summary>
    public required IReadOnlyList<LayerLayout> Layers { get; init; }

    /// <summary>The names of the rows of the heat maps: words or classes.</summary>
    public required string[] Rows { get; init; }

    /// <summary>
    /// Whether every line names its rows: they are not the first datapoints, which lines of earlier versions have and the run's first line may name.
    /// </summary>
    public bool NamesRowsAlways { get; init; }

    /// <summary>Where a layer's row of the heat map is decided.</summary>
    public required Func<int, int, ChoicePlace> RowPlace { get; init; }

    /// <summary>The columns of the path diagram (Figure 2).</summary>
    public required string[] Columns { get; init; }

    /// <summary>Where a path meets a column.</summary>
    public required Func<int, int, ChoicePlace> PathPlace { get; init; }

    /// <summary>The names of the groups of paths.</summary>
    public required string[] Groups { get; init; }

    /// <summary>Each path's group.</summary>
    public required int[] GroupOfPath { get; init; }

    /// <summary>The number of paths, from the first on, whose first modules are written; 0 for none.</summary>
    public int SelectedPaths { get; init; }

    /// <summary>Whether there are few enough modules to be shown.</summary>
    public bool IsShown => Layers.All(layer => layer.Modules <= MostModules);

    /// <summary>The plan of a network whose datapoints go through one layer after the other.</summary>
    /// <param name="layers">The layers.</param>
    /// <param name="labels">The names of the datapoints' labels.</param>
    /// <param name="labelOf">Each datapoint's label.</param>
    /// <param name="selectedPaths">See <see cref="SelectedPaths"/>.</param>
    public static SnapshotPlan OfLayers(
        IReadOnlyList<LayerLayout> layers, IReadOnlyList<string> labels, int[] labelOf, int selectedPaths = 0)
    {
        int[] rows = RowsOf(labelOf);
        return new()
        {
            SelectedPaths = Math.Min(selectedPaths, labelOf.Length),
            Layers = layers,
            Rows = [.. rows.Select(row => labels[labelOf[row]])],
            NamesRowsAlways = rows.Length > 0 && rows[^1] != rows.Length - 1,
            RowPlace = (layer, row) => new ChoicePlace(layer, 0, rows[row]),
            Columns = [.. layers.Select(layer => layer.Name)],
            PathPlace = (column, path) => new ChoicePlace(column, 0, path),
            Groups = [.. labels],
            GroupOfPath = labelOf,
        };
    }

    /// <summary>The first datapoints; where these are all of one label, since the data are in the labels' order, some at even distances.</summary>
    private static int[] RowsOf(int[] labelOf)
    {
        int count = Math.Min(MostRows, labelOf.Length);
        bool isOrdered = labelOf.Take(count).Distinct().Count() == 1;
        return [.. Enumerable.Range(0, count).Select(row => isOrdered ? (int)((long)row * labelOf.Length / count) : row)];
    }
}
