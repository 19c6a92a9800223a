using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>Takes means off numbers and divides them by standard deviations, both of the rows of a training.</summary>
/// <param name="means">The mean of each feature.</param>
/// <param name="deviations">The standard deviation of each feature; 0 of one that was the same in all rows, which becomes 0 always.</param>
internal sealed class Standardisation(float[] means, float[] deviations)
{
    private const double LeastRelativeDeviation = 1e-7;

    private readonly float[] _factors = [.. deviations.Select(deviation => deviation > 0 ? 1 / deviation : 0)];

    /// <summary>The mean of each feature.</summary>
    public float[] Means => means;

    /// <summary>The standard deviation of each feature.</summary>
    public float[] Deviations => deviations;

    /// <summary>Fits means and deviations.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="owner">Whose rows they are, for messages.</param>
    /// <exception cref="ArgumentException">A number is not finite.</exception>
    public static Standardisation Fit(VectorRows rows, string owner)
    {
        int features = rows.Features;
        var (sums, squares) = (new double[features], new double[features]);
        ForEach(rows, owner, (feature, value) => sums[feature] += value);
        double[] means = [.. sums.Select(sum => sum / rows.Count)];
        // In a second pass, so that a large mean takes no digits away.
        ForEach(rows, owner, (feature, value) => squares[feature] += (value - means[feature]) * (value - means[feature]));
        return new Standardisation(
            [.. means.Select(mean => (float)mean)], [.. squares.Select((square, feature) => Deviation(square / rows.Count, means[feature]))]);
    }

    /// <summary>The standard deviation; 0 if it is as small as rounding, which must not be made large.</summary>
    private static float Deviation(double variance, double mean)
    {
        double deviation = Math.Sqrt(variance);
        return deviation > LeastRelativeDeviation * Math.Abs(mean) && float.IsFinite(1 / (float)deviation) ? (float)deviation : 0;
    }

    /// <summary>Standardises a row.</summary>
    /// <param name="row"><c>[features]</c>.</param>
    /// <param name="standardised">Receives it, <c>[features]</c>; may be the row itself.</param>
    public void Apply(ReadOnlySpan<float> row, Span<float> standardised)
    {
        for (int feature = 0; feature < row.Length; feature++)
            standardised[feature] = (row[feature] - means[feature]) * _factors[feature];
    }

    /// <summary>Demands that the numbers of rows are finite.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="owner">Whose rows they are, for messages.</param>
    /// <exception cref="ArgumentException">A number is not finite.</exception>
    public static void RequireFinite(VectorRows rows, string owner) => ForEach(rows, owner, (_, _) => { });

    private static void ForEach(VectorRows rows, string owner, Action<int, double> add)
    {
        float[] values = new float[rows.Features];
        for (int row = 0; row < rows.Count; row++)
        {
            rows.CopyTo(row, values);
            for (int feature = 0; feature < values.Length; feature++)
            {
                if (!float.IsFinite(values[feature]))
                    throw new ArgumentException(FormattableString.Invariant($"{owner}: feature {feature} of row {row} is {values[feature]}; numbers must be finite. Fill in or leave out what is missing."));
                add(feature, values[feature]);
            }
        }
    }
}

/// <summary>Rows that are standardised when they are read.</summary>
/// <param name="rows">The rows.</param>
/// <param name="standardisation">Standardises them.</param>
internal sealed class StandardisedRows(VectorRows rows, Standardisation standardisation) : VectorRows
{
    /// <inheritdoc/>
    public override int Count => rows.Count;

    /// <inheritdoc/>
    public override int Features => rows.Features;

    /// <inheritdoc/>
    public override void CopyTo(int row, Span<float> features)
    {
        rows.CopyTo(row, features);
        standardisation.Apply(features[..Features], features);
    }
}
