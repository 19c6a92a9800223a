using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// What controllers decided over some data: the entropies of Eqs. 15 and 16, and how much each module is used. Collected
/// by a <see cref="ModularPass"/>.
/// </summary>
/// <remarks>
/// Every layer, time step and choice k is a place of its own; entropies are averaged over the places. One collector
/// serves one network.
/// </remarks>
public sealed class SelectionStatistics
{
    private readonly List<Place[]> _layers = [];

    /// <summary>H_a, the mean entropy of a single selection, in nats (Eq. 15): 0 when every choice is certain.</summary>
    public double SelectionEntropy => Mean(place => place.EntropySum / place.Count);

    /// <summary>
    /// H_b, the entropy of the average selection, in nats (Eq. 16): ln M when all modules are used equally, 0 when only
    /// one is (module collapse).
    /// </summary>
    public double BatchSelectionEntropy => Mean(place => Entropy(place.ProbabilitySum, place.Count));

    /// <summary>H_b of all time steps and choices of a layer taken together, averaged over layers, in nats.</summary>
    public double PooledBatchSelectionEntropy
    {
        get
        {
            double sum = 0;
            foreach (var places in _layers)
            {
                var pooled = new double[places[0].ProbabilitySum.Length];
                foreach (var place in places)
                {
                    for (int module = 0; module < pooled.Length; module++)
                        pooled[module] += place.ProbabilitySum[module];
                }
                sum += Entropy(pooled, places.Sum(place => place.Count));
            }
            return _layers.Count == 0 ? 0 : sum / _layers.Count;
        }
    }

    /// <summary>The number of layers seen.</summary>
    public int Layers => _layers.Count;

    /// <summary>
    /// How often each module is the most probable one, as a share of all choices of a layer: <c>[modules]</c>, adding up to 1.
    /// </summary>
    public double[] Usage(int layer)
    {
        var places = _layers[layer];
        var usage = new double[places[0].ModeCount.Length];
        long total = places.Sum(place => place.Count);
        foreach (var place in places)
        {
            for (int module = 0; module < usage.Length; module++)
                usage[module] += (double)place.ModeCount[module] / total;
        }
        return usage;
    }

    /// <summary>Forgets everything.</summary>
    public void Clear() => _layers.Clear();

    /// <summary>Adds the distributions of one layer over a batch.</summary>
    /// <param name="layer">The layer's position in the network.</param>
    /// <param name="steps">The number of time steps.</param>
    /// <param name="logits"><c>[steps * rows, K, modules]</c>, time-major.</param>
    public void Observe(int layer, int steps, Tensor logits)
    {
        ArgumentNullException.ThrowIfNull(logits);
        int picks = logits.Shape[1], modules = logits.Shape[2], rows = logits.Shape[0] / steps;
        if (layer == _layers.Count)
            _layers.Add([.. Enumerable.Range(0, steps * picks).Select(_ => new Place(modules))]);
        var places = _layers[layer];
        Span<double> values = new double[modules];
        for (int row = 0; row < logits.Shape[0]; row++)
        {
            for (int k = 0; k < picks; k++)
            {
                Read(logits, ((row * picks) + k) * modules, values);
                places[((row / rows) * picks) + k].Add(values);
            }
        }
    }

    private static void Read(Tensor logits, int start, Span<double> values)
    {
        for (int i = 0; i < values.Length; i++)
            values[i] = logits.Precision == Precision.Single ? logits.As<float>()[start + i] : logits.As<double>()[start + i];
    }

    private static double Entropy(double[] sums, long count)
    {
        double entropy = 0;
        foreach (double sum in sums)
        {
            double probability = sum / count;
            if (probability > 0)
                entropy -= probability * Math.Log(probability);
        }
        return entropy;
    }

    private double Mean(Func<Place, double> value) => _layers.Count == 0
        ? 0
        : _layers.Average(places => places.Average(value));

    /// <summary>One choice of one layer at one time step.</summary>
    private sealed class Place(int modules)
    {
        public double EntropySum { get; private set; }

        public double[] ProbabilitySum { get; } = new double[modules];

        public long[] ModeCount { get; } = new long[modules];

        public long Count { get; private set; }

        /// <summary>Adds a distribution given by its logits, which are turned into probabilities in place.</summary>
        public void Add(Span<double> logits)
        {
            double maximum = double.NegativeInfinity, total = 0;
            int mode = 0;
            for (int module = 0; module < logits.Length; module++)
            {
                if (logits[module] > maximum)
                    (maximum, mode) = (logits[module], module);
            }
            foreach (ref double value in logits)
            {
                value = Math.Exp(value - maximum);
                total += value;
            }
            for (int module = 0; module < logits.Length; module++)
            {
                double probability = logits[module] / total;
                ProbabilitySum[module] += probability;
                if (probability > 0)
                    EntropySum -= probability * Math.Log(probability);
            }
            ModeCount[mode]++;
            Count++;
        }
    }
}
