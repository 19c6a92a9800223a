using System.Numerics;

namespace ModularNetworks.Engine;

public static partial class NormalOperations
{
    /// <summary>
    /// The probability that a normal number of given mean and standard deviation is above zero, <c>Φ(mean / deviation)</c>,
    /// element by element: <c>[...] and [...] -> [...]</c>.
    /// </summary>
    /// <remarks>
    /// A deviation below 1e-10 counts as zero: then the probability is 0, 1/2 or 1, by the sign of the mean, and has no
    /// derivative. Neither value nor derivative is ever the quotient of two zeros.
    /// </remarks>
    /// <param name="tape">Records the operation.</param>
    /// <param name="mean">Any shape.</param>
    /// <param name="deviation">The same shape, not negative.</param>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    public static Tensor NormalProbability(this Tape tape, Tensor mean, Tensor deviation) =>
        NormalProbabilityOperation.Run(tape, mean, deviation);
}

internal sealed unsafe class NormalProbabilityOperation : GenericOperation
{
    private const double LeastDeviation = 1e-10;
    private const int BlockSize = 1024;

    private Tensor _mean = null!;
    private Tensor _deviation = null!;

    public static Shape OutputShape(Shape mean, Shape deviation)
    {
        if (mean != deviation)
        {
            throw new ShapeException(
                $"NormalProbability: mean has shape {mean}, deviation {deviation}; they must be the same.");
        }
        return mean;
    }

    public static Tensor Run(Tape tape, Tensor mean, Tensor deviation)
    {
        var output = tape.Rent(OutputShape(mean.Shape, deviation.Shape));
        if (tape.Precision == Precision.Single)
            Forward<float>(tape, mean, deviation, output);
        else
            Forward<double>(tape, mean, deviation, output);
        if (tape.Tracks(mean) || tape.Tracks(deviation))
        {
            var operation = tape.Record<NormalProbabilityOperation>(output);
            (operation._mean, operation._deviation) = (mean, deviation);
        }
        return output;
    }

    private static void Forward<T>(Tape tape, Tensor mean, Tensor deviation, Tensor output)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int count = output.Shape.Count;
        fixed (T* m = mean.As<T>(count), s = deviation.As<T>(count), y = output.As<T>(count))
            tape.Kernels.Workers.Run((count + BlockSize - 1) / BlockSize, new Block<T>(m, s, y, count));
    }

    protected override void Backward<T>(Tape tape)
    {
        ReadOnlySpan<T> means = _mean.As<T>(), deviations = _deviation.As<T>(), gradient = Output.Gradient!.As<T>();
        var byMean = _mean.TracksGradient ? tape.GradientOf(_mean).As<T>() : default;
        var byDeviation = _deviation.TracksGradient ? tape.GradientOf(_deviation).As<T>() : default;
        for (int i = 0; i < gradient.Length; i++)
        {
            double deviation = double.CreateTruncating(deviations[i]);
            if (deviation < LeastDeviation)
                continue;
            double ratio = double.CreateTruncating(means[i]) / deviation;
            double slope = double.CreateTruncating(gradient[i]) * NormalDistribution.Density(ratio) / deviation;
            if (_mean.TracksGradient)
                byMean[i] += T.CreateTruncating(slope);
            // Far out the slope is zero, however large the ratio.
            if (_deviation.TracksGradient && slope != 0)
                byDeviation[i] -= T.CreateTruncating(slope * ratio);
        }
    }

    private readonly struct Block<T>(T* mean, T* deviation, T* output, int count) : IBlockKernel
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run(int block, int worker)
        {
            int end = Math.Min(count, (block + 1) * BlockSize);
            for (int i = block * BlockSize; i < end; i++)
                output[i] = T.CreateTruncating(Probability(double.CreateTruncating(mean[i]), double.CreateTruncating(deviation[i])));
        }

        private static double Probability(double mean, double deviation)
        {
            if (!(deviation < LeastDeviation))
                return NormalDistribution.Cumulative(mean / deviation);
            return mean > 0 ? 1 : mean < 0 ? 0 : 0.5 + mean; // not-a-number stays so
        }
    }
}
