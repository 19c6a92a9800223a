namespace ModularNetworks.Benchmarks;

/// <summary>An implementation whose work can be timed.</summary>
internal interface IContestant : IDisposable
{
    /// <summary>The name and the versions of the implementation, for the report.</summary>
    string Description { get; }

    /// <summary>Whether the implementation can do a case.</summary>
    bool Does(BenchCase what);

    /// <summary>Does a case's work again and again.</summary>
    /// <returns>The duration of each time, in milliseconds, <c>[count]</c>.</returns>
    double[] Run(BenchCase what, int count);

    /// <summary>The memory of the implementation's process that is resident now, in bytes.</summary>
    long ResidentBytes { get; }

    /// <summary>The number of the implementation's process.</summary>
    int ProcessId { get; }
}
