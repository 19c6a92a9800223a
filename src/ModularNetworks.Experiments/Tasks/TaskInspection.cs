using ModularNetworks.Data;

namespace ModularNetworks.Experiments;

/// <summary>Counts for which tasks, and which classes, the modules of a network are picked, and looks for columns in which their rows differ.</summary>
/// <param name="points">The datapoints.</param>
/// <param name="encoding">The way from the columns of a table to the vectors; null if they are no table.</param>
internal sealed class TaskInspection(TaskPoints points, TableEncoding? encoding = null)
{
    private readonly float[] _vector = new float[points.Inputs.Features];
    private readonly List<LayerCounts> _layers = [];

    /// <summary>The labels that datapoints are told apart by: their tasks, or, if there is one task, their classes.</summary>
    public static (IReadOnlyList<string> Names, Func<int, int> Of) Labels(TaskPoints points) => HasTasks(points)
        ? (points.TaskNames, point => points.Tasks[point])
        : (points.Classes, point => points.Labels[point]);

    /// <summary>Whether datapoints are told apart by their tasks; numbers of one task have nothing else to be told apart by.</summary>
    private static bool HasTasks(TaskPoints points) => points.TaskNames.Count > 1 || points.Classes.Count == 0;

    /// <summary>Adds what was decided for some datapoints.</summary>
    /// <param name="selections">The decisions.</param>
    /// <param name="datapoints">The datapoints' numbers, in the order of the batch.</param>
    public void Add(RecordedSelections selections, int[] datapoints)
    {
        ArgumentNullException.ThrowIfNull(selections);
        for (int layer = 0; layer < selections.Layers; layer++)
        {
            if (layer == _layers.Count)
                _layers.Add(new LayerCounts(points, encoding, selections.Modules(layer)));
            for (int row = 0; row < datapoints.Length; row++)
            {
                points.Inputs.CopyTo(datapoints[row], _vector);
                for (int k = 0; k < selections.Picks(layer); k++)
                    _layers[layer].Add(points, datapoints[row], _vector, selections.Mode(layer, 0, row, k));
            }
        }
    }

    /// <summary>The findings, a layer each.</summary>
    public IReadOnlyList<LayerFindings> Findings() => [.. _layers.Select(layer => layer.Findings(points))];

    private sealed class LayerCounts(TaskPoints points, TableEncoding? encoding, int modules)
    {
        // The rows of a table are all of one task.
        private readonly ModuleLabelCounts? _tasks = HasTasks(points) && encoding is null ? new(points.TaskNames.Count, modules) : null;
        private readonly ModuleLabelCounts? _classes = points.Classes.Count > 0 ? new(points.Classes.Count, modules) : null;

        private readonly ColumnSums? _columns = encoding is null ? null : new ColumnSums(encoding, modules);

        public void Add(TaskPoints points, int point, ReadOnlySpan<float> vector, int module)
        {
            _columns?.Add(module, vector, points.Targets.IsEmpty ? 0 : points.Targets[point]);
            _tasks?.Add(points.Tasks[point], module);
            _classes?.Add(points.Labels[point], module);
        }

        public LayerFindings Findings(TaskPoints points)
        {
            var labels = new List<(string Kind, ModuleLabelCounts Counts)>();
            if (_tasks is not null)
                labels.Add(("task", _tasks));
            if (_classes is not null)
                labels.Add(("class", _classes));
            var (names, _) = Labels(points);
            return new LayerFindings(labels, module => new ModuleDetail
            {
                Classes = labels.Count > 0 ? Inspections.Classes(labels[0].Counts, names, module) : null,
                Target = _columns?.TargetOf(module),
                Columns = _columns?.ColumnsOf(module),
            })
            {
                Rules = _tasks,
            };
        }
    }
}
