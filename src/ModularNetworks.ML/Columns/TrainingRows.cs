using Microsoft.ML;
using Microsoft.ML.Data;
using ModularNetworks.Engine;

namespace ModularNetworks.ML;

/// <summary>Reads the rows to train with.</summary>
internal static class TrainingRows
{
    /// <summary>Reads the rows that have a label.</summary>
    /// <param name="data">The data.</param>
    /// <param name="features">The column of features.</param>
    /// <param name="label">The column of labels.</param>
    /// <param name="isLabel">Whether a label is not missing.</param>
    /// <exception cref="ArgumentException">No row has a label.</exception>
    public static (VectorRows Rows, TLabel[] Labels) Read<TLabel>(
        IDataView data, DataViewSchema.Column features, DataViewSchema.Column label, Func<TLabel, bool> isLabel)
        where TLabel : struct
    {
        var (rows, labels) = (new List<float[]>(), new List<TLabel>());
        using var cursor = data.GetRowCursor([features, label]);
        var (getFeatures, getLabel) = (cursor.GetGetter<VBuffer<float>>(features), cursor.GetGetter<TLabel>(label));
        var (vector, found) = (default(VBuffer<float>), default(TLabel));
        while (cursor.MoveNext())
        {
            getLabel(ref found);
            if (!isLabel(found))
                continue;
            getFeatures(ref vector);
            rows.Add([.. vector.DenseValues()]);
            labels.Add(found);
        }
        return rows.Count > 0
            ? (VectorRows.Of([.. rows]), [.. labels])
            : throw new ArgumentException($"ModularNetwork: no row has a label in column '{label.Name}'; there must be one row at least to train with.");
    }
}
