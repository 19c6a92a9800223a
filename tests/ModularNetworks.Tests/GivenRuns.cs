using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

/// <summary>Runs whose number of datapoints is that of the compositions that are given.</summary>
internal static class GivenRuns
{
    public static void BeginGiven(this ForwardPass pass, IndexTensor compositions, int candidates = 1) =>
        pass.Begin(new GivenSelection(compositions, candidates), compositions.Shape[0] / candidates);

    public static void BeginStored(this ForwardPass pass, CompositionStore store, ReadOnlySpan<int> datapoints) =>
        pass.BeginGiven(store.Load(pass.Tape, datapoints));

    public static void BeginCandidates(this ForwardPass pass, IndexTensor compositions, int samples, RandomKey key) =>
        pass.Begin(new CandidateSelection(compositions, samples, key), compositions.Shape[0]);
}
