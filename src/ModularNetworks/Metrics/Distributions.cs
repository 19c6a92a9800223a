using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>Reads controllers' distributions in double precision.</summary>
internal static class Distributions
{
    /// <summary>Checks what an observer is shown.</summary>
    /// <param name="steps">The number of time steps.</param>
    /// <param name="logits"><c>[steps * rows, K, modules]</c>.</param>
    /// <exception cref="ShapeException">The logits have other axes, no modules, or not equally many rows for each step.</exception>
    public static void Require(int steps, Tensor logits)
    {
        if (logits.Shape.Rank != 3 || logits.Shape[2] == 0 || steps < 1 || logits.Shape[0] % steps != 0)
        {
            throw new ShapeException(
                $"ISelectionObserver: the logits have shape {logits.Shape}; [steps * rows, K, modules] with {steps} steps is needed.");
        }
    }

    /// <summary>Reads one distribution.</summary>
    /// <param name="logits"><c>[..., modules]</c>.</param>
    /// <param name="place">Which one: the distributions are numbered in the order in which they lie.</param>
    /// <param name="probabilities">Receives it, <c>[modules]</c>.</param>
    /// <returns>The most probable module; the first of several.</returns>
    public static int Read(Tensor logits, int place, Span<double> probabilities)
    {
        int start = place * probabilities.Length;
        for (int i = 0; i < probabilities.Length; i++)
            probabilities[i] = logits.Precision == Precision.Single ? logits.As<float>()[start + i] : logits.As<double>()[start + i];
        int mode = CategoricalDraw.MostProbable<double>(probabilities);
        double largest = probabilities[mode], total = 0;
        foreach (ref double value in probabilities)
        {
            value = Math.Exp(value - largest);
            total += value;
        }
        foreach (ref double value in probabilities)
            value /= total;
        return mode;
    }
}
