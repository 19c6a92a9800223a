using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

/// <summary>Noisy top-k gating and its balancing losses as Shazeer et al. (2017) define them, row by row in plain C#.</summary>
internal static class PlainNoisyGate
{
    /// <summary>The clean logits and the deviations of the noise: the two halves of x W.</summary>
    public static (double[] Clean, double[] Deviation) Logits(double[] input, double[] weight)
    {
        int columns = weight.Length / input.Length, modules = columns / 2;
        double[] products =
            [.. Enumerable.Range(0, columns).Select(c => input.Select((x, i) => x * weight[(i * columns) + c]).Sum())];
        return (products[..modules], [.. products[modules..].Select(logit => Math.Log(1 + Math.Exp(logit)))]);
    }

    public static double[] Noisy(double[] clean, double[] deviation, double[] noise) =>
        [.. clean.Select((logit, i) => logit + (noise[i] * deviation[i]))];

    /// <summary>softmax(KeepTopK(H, k)), one share for each module, most of them zero (Eqs. 3 to 5); or KeepTopK(softmax(H), k).</summary>
    public static double[] Shares(double[] noisy, int kept, MixtureShares kind = MixtureShares.OfMixed)
    {
        int[] largest = [.. Enumerable.Range(0, noisy.Length).OrderByDescending(i => noisy[i]).Take(kept)];
        double total = kind == MixtureShares.OfAll ? noisy.Sum(Math.Exp) : largest.Sum(i => Math.Exp(noisy[i]));
        return [.. noisy.Select((logit, i) => largest.Contains(i) ? Math.Exp(logit) / total : 0)];
    }

    /// <summary>P(x, i) of Eq. 9, by its closed form.</summary>
    public static double[] Probabilities(double[] clean, double[] deviation, double[] noisy, int kept) =>
        [.. clean.Select((logit, i) => Cumulative((logit - LargestOfOthers(noisy, i, kept)) / deviation[i]))];

    /// <summary>
    /// P(x, i) as it is meant: how probable it is that module i is among the k largest when its noise is drawn anew. Sums
    /// over fine intervals of the noise.
    /// </summary>
    public static double[] ProbabilitiesByEnumeration(double[] clean, double[] deviation, double[] noisy, int kept)
    {
        const int intervals = 20_000;
        const double width = 16.0 / intervals;
        var probabilities = new double[clean.Length];
        for (int module = 0; module < clean.Length; module++)
        {
            double[] redrawn = [.. noisy];
            for (int i = 0; i < intervals; i++)
            {
                double noise = ((i + 0.5) * width) - 8;
                redrawn[module] = clean[module] + (noise * deviation[module]);
                if (redrawn.Count(logit => logit > redrawn[module]) < kept)
                    probabilities[module] += width * Math.Exp(-0.5 * noise * noise) / Math.Sqrt(2 * Math.PI);
            }
        }
        return probabilities;
    }

    /// <summary>CV² over modules of what rows add up to (Eqs. 7 and 11).</summary>
    public static double SquaredVariation(IReadOnlyList<double[]> rows)
    {
        double[] sums = [.. Enumerable.Range(0, rows[0].Length).Select(i => rows.Sum(row => row[i]))];
        double mean = sums.Average();
        return sums.Average(sum => (sum - mean) * (sum - mean)) / (mean * mean);
    }

    private static double LargestOfOthers(double[] noisy, int module, int kept)
    {
        double[] others = [.. noisy.Where((_, i) => i != module).OrderDescending()];
        return kept <= others.Length ? others[kept - 1] : double.NegativeInfinity;
    }

    /// <summary>Φ by Simpson's rule over the density.</summary>
    private static double Cumulative(double x)
    {
        if (Math.Abs(x) > 12)
            return x > 0 ? 1 : 0;
        const int steps = 4000;
        double width = x / steps, sum = 0;
        for (int i = 0; i <= steps; i++)
        {
            double weight = i is 0 or steps ? 1 : i % 2 == 0 ? 2 : 4;
            sum += weight * Math.Exp(-0.5 * i * width * i * width);
        }
        return 0.5 + (sum * width / 3 / Math.Sqrt(2 * Math.PI));
    }

    /// <summary>The rows of a matrix.</summary>
    public static double[][] Rows(Tensor tensor) => [.. tensor.ToDoubles().Chunk(tensor.Shape.Last)];
}
