namespace ModularNetworks.Benchmarks;

/// <summary>An implementation whose work can be timed.</summary>
internal interface IContestant : IDisposable
{
    /// <summary>What it is and its versions, for the report.</summary>
    string Description { get; }

    /// <summary>Whether it has an answer to a case.</summary>
    bool Does(BenchCase what);

    /// <summary>Does a case's work again and again.</summary>
    /// <returns>How long each time took, in milliseconds, <c>[count]</c>.</returns>
    double[] Run(BenchCase what, int count);

    /// <summary>The memory of its process that is resident now, in bytes.</summary>
    long ResidentBytes { get; }

    /// <summary>The number of its process.</summary>
    int ProcessId { get; }
}
