using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

/// <summary>All compositions of a small network, tried one after the other: the E-step's exact counterpart.</summary>
internal static class Enumeration
{
    /// <summary>Composition number <paramref name="index"/>, whose last pick changes fastest.</summary>
    public static int[] Composition(CompositionLayout layout, int index)
    {
        int[] picks = new int[layout.Length];
        for (int pick = picks.Length - 1; pick >= 0; pick--)
            (index, picks[pick]) = Math.DivRem(index, layout.ModulesOf(pick));
        return picks;
    }

    public static int IndexOf(CompositionLayout layout, ReadOnlySpan<int> picks)
    {
        int index = 0;
        for (int pick = 0; pick < picks.Length; pick++)
            index = (index * layout.ModulesOf(pick)) + picks[pick];
        return index;
    }

    /// <summary>The same composition for all datapoints, <c>[batch, picks]</c>.</summary>
    public static IndexTensor ForAll(int batch, int[] picks) =>
        IndexTensor.From(new Shape(batch, picks.Length), [.. Enumerable.Repeat(picks, batch).SelectMany(same => same)]);

    /// <summary>For every composition and datapoint, log p(a|x) and log p(y|x, a) + log p(a|x).</summary>
    public static (double[][] Selection, double[][] Joint) Scores<TBatch>(
        Workbench bench, ModularNetwork<TBatch> network, TBatch batch, int batchSize)
    {
        int count = (int)network.Layout.CompositionCount;
        var (selection, joint) = (new double[count][], new double[count][]);
        for (int i = 0; i < count; i++)
        {
            bench.Tape.Reset(recording: false);
            bench.Pass.BeginGiven(ForAll(batchSize, Composition(network.Layout, i)));
            joint[i] = bench.Joint(network.LogLikelihood(bench.Pass, batch));
            selection[i] = bench.Pass.Trace.LogProbability!.ToDoubles();
        }
        return (selection, joint);
    }
}
