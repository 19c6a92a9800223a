namespace ModularNetworks.Benchmarks;

/// <summary>The work that no implementation can do without, part after part.</summary>
/// <param name="Parts">The parts, done one after the other.</param>
public sealed record Work(params IReadOnlyList<WorkPart> Parts)
{
    /// <summary>Multiplications and additions of all parts.</summary>
    public double Operations => Parts.Sum(part => part.Operations);

    /// <summary>The time that a machine needs at its peaks, in milliseconds: the floor.</summary>
    public double Milliseconds(MachinePeaks peaks) => Parts.Sum(part => part.Milliseconds(peaks));
}

/// <summary>The counts of a part of some work. Arithmetic and memory traffic may overlap; the slower one decides.</summary>
/// <param name="Name">The part's name, such as <c>output softmax</c>.</param>
/// <param name="Operations">Multiplications and additions, a multiply-add counting two.</param>
/// <param name="Exponentials">Exponentials, each added to a sum.</param>
/// <param name="Bytes">The bytes that must be read from memory or written to it at least once.</param>
public sealed record WorkPart(string Name, double Operations, double Exponentials = 0, double Bytes = 0)
{
    private const double PerSecond = 1000;

    /// <summary>The time that a machine needs at its peaks, in milliseconds.</summary>
    public double Milliseconds(MachinePeaks peaks)
    {
        ArgumentNullException.ThrowIfNull(peaks);
        double arithmetic = (Operations / peaks.OperationsPerSecond) + (Exponentials / peaks.ExponentialsPerSecond);
        return PerSecond * Math.Max(arithmetic, Bytes / peaks.BytesPerSecond);
    }
}
