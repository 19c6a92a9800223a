namespace ModularNetworks.Benchmarks;

/// <summary>Predictions for one datapoint, as a program makes them that serves a model.</summary>
internal static class InferenceCases
{
    public static IReadOnlyList<BenchCase> All { get; } = [];
}
