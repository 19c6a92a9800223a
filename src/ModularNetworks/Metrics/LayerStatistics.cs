using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>Statistics of one controller's decisions over some data. Entropies are means over its time steps and choices k.</summary>
public sealed class LayerStatistics
{
    private readonly SelectionPlace[] _places; // [steps, picks]
    private readonly int _picks;

    internal LayerStatistics(int steps, int picks, int modules)
    {
        _places = [.. Enumerable.Range(0, steps * picks).Select(_ => new SelectionPlace(modules))];
        _picks = picks;
        Modules = modules;
    }

    /// <summary>M.</summary>
    public int Modules { get; }

    /// <summary>H_a, the mean entropy of a single selection, in nats (Eq. 15).</summary>
    public double SelectionEntropy => _places.Average(place => place.EntropySum / place.Count);

    /// <summary>H_b, the entropy of the average selection, in nats (Eq. 16).</summary>
    public double BatchSelectionEntropy => _places.Average(place => Entropies.Of(place.ProbabilitySum));

    /// <summary>
    /// H_b of all time steps taken together, in nats: for each choice k the entropy of its selection's average over time steps and data, then
    /// the mean over the choices. H_b itself where there is one time step.
    /// </summary>
    public double TimePooledBatchSelectionEntropy => Enumerable.Range(0, _picks).Average(
        pick => Entropies.Of(Sum(_places.Where((_, place) => place % _picks == pick), place => place.ProbabilitySum)));

    /// <summary>
    /// I(a; x) = H_b − H_a, in nats: what a selection tells of its input (Cover and Thomas 2006, Eq. 2.39, with the data as
    /// the distribution of x). 0 if all inputs are treated alike, at most ln M.
    /// </summary>
    public double Information => BatchSelectionEntropy - SelectionEntropy;

    /// <summary>
    /// exp(H_b), the effective number of modules: that many, used equally, would have the same entropy (the perplexity of
    /// the average selection; Hill 1973, order 1). From 1 to M.
    /// </summary>
    public double EffectiveModules => Math.Exp(BatchSelectionEntropy);

    /// <summary>The modules that are never the most probable ones.</summary>
    public int[] DeadModules => [.. Usage().Index().Where(module => module.Item == 0).Select(module => module.Index)];

    /// <summary>The load of the busiest module over the mean load: 1 if all are used equally, M if one does all.</summary>
    public double LoadRatio => Usage().Max() * Modules;

    /// <summary>
    /// How often each module is the most probable one, as a share of all choices: <c>[modules]</c>, adding up to 1.
    /// </summary>
    public double[] Usage()
    {
        double[] usage = Sum(_places, place => place.ModeCount);
        double total = usage.Sum();
        for (int module = 0; module < usage.Length; module++)
            usage[module] /= total;
        return usage;
    }

    internal void Observe(int steps, Tensor logits)
    {
        int picks = logits.Shape[1], rows = logits.Shape[0] / steps;
        if (logits.Shape[2] != Modules || (long)steps * picks > _places.Length)
        {
            throw new ShapeException(
                $"LayerStatistics: the logits have shape {logits.Shape} at {Counted.Of(steps, "step")}; there may be {_places.Length} choices of {Counted.Of(Modules, "module")}, as at first.");
        }
        Span<double> probabilities = new double[Modules];
        for (int row = 0; row < logits.Shape[0]; row++)
        {
            for (int k = 0; k < picks; k++)
            {
                int mode = Distributions.Read(logits, (row * picks) + k, probabilities);
                _places[((row / rows) * picks) + k].Add(probabilities, mode);
            }
        }
    }

    private double[] Sum(IEnumerable<SelectionPlace> places, Func<SelectionPlace, double[]> values)
    {
        var sum = new double[Modules];
        foreach (var place in places)
        {
            double[] added = values(place);
            for (int module = 0; module < sum.Length; module++)
                sum[module] += added[module];
        }
        return sum;
    }
}
