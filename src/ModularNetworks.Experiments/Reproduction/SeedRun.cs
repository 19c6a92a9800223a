namespace ModularNetworks.Experiments;

/// <summary>A run of a series: one training.</summary>
/// <typeparam name="TSeries">The series: a row or a curve.</typeparam>
/// <param name="Series">The series.</param>
/// <param name="Seed">Decides every random choice.</param>
public sealed record SeedRun<TSeries>(TSeries Series, ulong Seed)
    where TSeries : ISeries
{
    /// <summary>The run's name, which is that of its folder, such as <c>em-15-1-seed-1</c>.</summary>
    public string Name => $"{Series.Name}{SeedRun.BeforeSeed}{Seed}";
}

/// <summary>Makes lists of runs.</summary>
public static class SeedRun
{
    /// <summary>The part of a run's name between those of the series and the seed.</summary>
    internal const string BeforeSeed = "-seed-";

    /// <summary>The runs of some series, the first seed of all series first, so that a whole result is there early.</summary>
    /// <param name="series">The series.</param>
    /// <param name="seeds">The number of seeds; they are 1, 2, and so on.</param>
    public static IReadOnlyList<SeedRun<TSeries>> Of<TSeries>(IEnumerable<TSeries> series, int seeds)
        where TSeries : ISeries =>
        [.. Enumerable.Range(1, seeds).SelectMany(seed => series.Select(one => new SeedRun<TSeries>(one, (ulong)seed)))];
}
