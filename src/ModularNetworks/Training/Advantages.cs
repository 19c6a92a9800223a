using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>Rewards less their control variate. Row <c>sample * datapoints + n</c> belongs to datapoint n.</summary>
/// <param name="options">Which control variate, and how many samples a datapoint has.</param>
/// <param name="precision">That of the rewards, and of the moving average.</param>
internal sealed class Advantages(ReinforceOptions options, Precision precision)
{
    private readonly Tensor _movingAverage = Tensor.Allocate(new Shape(1), precision);

    /// <summary>The moving average, to be saved and restored.</summary>
    public (string Name, Tensor Tensor) State => ("reinforce.movingAverage", _movingAverage);

    /// <summary>Subtracts the control variate.</summary>
    /// <param name="rewards"><c>[samples * datapoints]</c>, in nats; becomes the advantages.</param>
    /// <param name="isFirst">Whether these are the first rewards, which the moving average starts from.</param>
    /// <param name="learns">Whether the moving average takes in these rewards; else <see cref="Learn"/> is told of the whole mini-batch later.</param>
    public void Subtract(Span<double> rewards, bool isFirst, bool learns = true)
    {
        switch (options.ControlVariate)
        {
            case ControlVariate.MovingAverage:
                SubtractMovingAverage(rewards, isFirst, learns);
                break;
            case ControlVariate.BatchMean:
                Subtract(rewards, Mean(rewards));
                break;
            case ControlVariate.LeaveOneOut:
                SubtractOtherSamples(rewards);
                break;
            default:
                throw new ArgumentException($"Reinforce: there is no control variate {options.ControlVariate}.");
        }
    }

    /// <summary>Lets the moving average take in the rewards of a mini-batch.</summary>
    /// <param name="mean">Their mean, in nats.</param>
    /// <param name="isFirst">Whether they are the first, which the moving average starts from.</param>
    public void Learn(double mean, bool isFirst)
    {
        double average = isFirst ? mean : _movingAverage[0];
        // A step that is skipped leaves no trace in later ones.
        if (double.IsFinite(mean))
            _movingAverage[0] = (options.Decay * average) + ((1 - options.Decay) * mean);
    }

    private void SubtractMovingAverage(Span<double> rewards, bool isFirst, bool learns)
    {
        double mean = Mean(rewards);
        Subtract(rewards, isFirst ? mean : _movingAverage[0]);
        if (learns)
            Learn(mean, isFirst);
    }

    private void SubtractOtherSamples(Span<double> rewards)
    {
        int datapoints = rewards.Length / options.Samples;
        for (int n = 0; n < datapoints; n++)
        {
            double sum = 0;
            for (int row = n; row < rewards.Length; row += datapoints)
                sum += rewards[row];
            for (int row = n; row < rewards.Length; row += datapoints)
                rewards[row] -= (sum - rewards[row]) / (options.Samples - 1);
        }
    }

    private static void Subtract(Span<double> rewards, double value)
    {
        foreach (ref double reward in rewards)
            reward -= value;
    }

    private static double Mean(ReadOnlySpan<double> rewards)
    {
        double sum = 0;
        foreach (double reward in rewards)
            sum += reward;
        return sum / rewards.Length;
    }
}
