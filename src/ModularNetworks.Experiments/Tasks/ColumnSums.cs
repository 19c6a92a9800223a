using ModularNetworks.Data;

namespace ModularNetworks.Experiments;

/// <summary>Sums up the rows of a table by module, to tell in which columns the rows of a module differ from the others.</summary>
/// <param name="encoding">The way from columns to vectors, which is gone backwards.</param>
/// <param name="modules">The number of modules.</param>
internal sealed class ColumnSums(TableEncoding encoding, int modules)
{
    private const int MostColumns = 5;

    // A difference that chance alone makes easily is no finding.
    private const double LeastDeviations = 0.1;

    private readonly Part[] _parts = [.. PartsOf(encoding)];
    private readonly double[][] _sums = [.. Enumerable.Range(0, modules).Select(_ => new double[encoding.Features()])];
    private readonly double[] _squares = new double[encoding.Features()];
    private readonly long[] _rows = new long[modules];
    private readonly double[] _targets = new double[modules];

    /// <summary>Adds a row.</summary>
    /// <param name="module">The module that was picked.</param>
    /// <param name="vector">The row's vector, <c>[features]</c>.</param>
    /// <param name="target">The target as a network predicts it; 0 for classes.</param>
    public void Add(int module, ReadOnlySpan<float> vector, float target)
    {
        _rows[module]++;
        _targets[module] += target;
        for (int feature = 0; feature < vector.Length; feature++)
        {
            _sums[module][feature] += vector[feature];
            _squares[feature] += (double)vector[feature] * vector[feature];
        }
    }

    /// <summary>The columns in which a module's rows differ most from all rows, the most different first.</summary>
    public IReadOnlyList<ColumnDifference> ColumnsOf(int module) =>
    [
        .. _parts.Select((part, feature) => Difference(part, feature, module))
            .Where(found => Math.Abs(found.Deviations) >= LeastDeviations)
            .OrderByDescending(found => Math.Abs(found.Deviations))
            // Of two words, one is as frequent as the other is rare.
            .DistinctBy(found => (found.Column, found.Kind))
            .Take(MostColumns),
    ];

    /// <summary>The mean target of a module's rows, and of all, in its own units; null for classes.</summary>
    public TargetMean? TargetOf(int module)
    {
        var target = encoding.Target;
        return target.Classes is null && _rows[module] > 0
            ? new TargetMean(target.Name, Units(_targets[module] / _rows[module]), Units(_targets.Sum() / _rows.Sum()))
            : null;

        double Units(double mean) => target.Mean + (target.Deviation * mean);
    }

    private ColumnDifference Difference(Part part, int feature, int module)
    {
        long all = _rows.Sum();
        double mean = _sums[module][feature] / Math.Max(_rows[module], 1), meanOfAll = _sums.Sum(sums => sums[feature]) / all;
        double deviation = Math.Sqrt(Math.Max(0, (_squares[feature] / all) - (meanOfAll * meanOfAll)));
        return new ColumnDifference(
            part.Column.Name, part.Kind, part.Word, part.Units(mean), part.Units(meanOfAll), deviation > 0 ? (mean - meanOfAll) / deviation : 0);
    }

    private static IEnumerable<Part> PartsOf(TableEncoding encoding)
    {
        foreach (var column in encoding.Columns.Where(column => column.Features() > 0))
        {
            foreach (string? word in (IEnumerable<string?>?)column.Categories ?? [null])
                yield return new Part(column, ColumnDifference.KindOf(column.Kind), word);
            if (column.HasMissing)
                yield return new Part(column, ColumnDifference.Missing, Word: null);
        }
    }

    /// <summary>A number of a vector.</summary>
    private sealed record Part(TableColumn Column, string Kind, string? Word)
    {
        /// <summary>A mean in the units of the column; of words and missing cells, their share.</summary>
        public double Units(double mean) => Kind is ColumnDifference.Category or ColumnDifference.Missing ? mean : Column.Mean + (Column.Deviation * mean);
    }
}
