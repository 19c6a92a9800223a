using ModularNetworks.Engine;

namespace ModularNetworks.Data;

/// <summary>
/// Makes the numbers that a network takes from the bytes of an image: <c>(x / 255 - mean) / deviation</c>, with a mean and a
/// standard deviation for each channel.
/// </summary>
public sealed class ImageNormalization
{
    private const int Levels = byte.MaxValue + 1;

    private readonly double[] _means;
    private readonly double[] _deviations;

    // What becomes of each byte, [channels, 256]: there are few of them, and each is rounded once.
    private readonly float[] _values;

    /// <summary>A normalisation of given means and deviations.</summary>
    /// <param name="means">The mean of each channel, <c>[channels]</c>, of values in 0 to 1.</param>
    /// <param name="deviations">The standard deviation of each channel, <c>[channels]</c>; 0 counts as 1.</param>
    /// <exception cref="ArgumentException">
    /// There are no channels, not as many deviations as means, or a number is not finite or a deviation below 0.
    /// </exception>
    public ImageNormalization(IEnumerable<double> means, IEnumerable<double> deviations)
    {
        _means = [.. means];
        _deviations = [.. deviations];
        if (_means.Length == 0 || _means.Length != _deviations.Length)
        {
            throw new ArgumentException(
                $"ImageNormalization: {Counted.Of(_means.Length, "mean")} and {Counted.Of(_deviations.Length, "deviation")}; each channel has one of both.");
        }
        if (!_means.All(double.IsFinite) || !_deviations.All(deviation => double.IsFinite(deviation) && deviation >= 0))
        {
            throw new ArgumentException(
                $"ImageNormalization: means {string.Join(", ", _means)} and deviations {string.Join(", ", _deviations)}; all "
                + "must be finite, and deviations 0 or more.");
        }
        _values = new float[_means.Length * Levels];
        for (int i = 0; i < _values.Length; i++)
        {
            var (channel, level) = Math.DivRem(i, Levels);
            double deviation = _deviations[channel];
            _values[i] = (float)(((level / (double)byte.MaxValue) - _means[channel]) / (deviation == 0 ? 1 : deviation));
        }
    }

    /// <summary>The mean of each channel, <c>[channels]</c>, of values in 0 to 1.</summary>
    public IReadOnlyList<double> Means => _means;

    /// <summary>The standard deviation of each channel, <c>[channels]</c>, of values in 0 to 1.</summary>
    public IReadOnlyList<double> Deviations => _deviations;

    /// <summary>Measures the mean and the standard deviation of each channel over all pixels of all images.</summary>
    public static ImageNormalization Of(LabelledImages training)
    {
        ArgumentNullException.ThrowIfNull(training);
        int channels = training.Shape.Channels, pixels = training.Shape.Count / channels;
        var counts = new long[channels * Levels];
        for (int n = 0; n < training.Count; n++)
        {
            for (int channel = 0; channel < channels; channel++)
            {
                var ofLevel = counts.AsSpan(channel * Levels, Levels);
                foreach (byte level in training[n].Slice(channel * pixels, pixels))
                    ofLevel[level]++;
            }
        }
        double[] means = new double[channels], deviations = new double[channels];
        for (int channel = 0; channel < channels; channel++)
            (means[channel], deviations[channel]) = Moments(counts.AsSpan(channel * Levels, Levels));
        return new ImageNormalization(means, deviations);
    }

    /// <summary>Normalises an image.</summary>
    /// <param name="image">The image, <c>[channels * height * width]</c> in the order channel, row, column.</param>
    /// <param name="values">Receives as many normalised values in the same order.</param>
    /// <exception cref="ArgumentException">The image does not divide into the channels, or the spans differ in size.</exception>
    public void Apply(ReadOnlySpan<byte> image, Span<float> values)
    {
        var (pixels, rest) = Math.DivRem(image.Length, _means.Length);
        if (rest != 0 || values.Length != image.Length)
        {
            throw new ArgumentException(
                $"ImageNormalization.Apply: an image of {Counted.Of(image.Length, "value")} into {values.Length}; both must be equal and a "
                + $"multiple of {Counted.Of(_means.Length, "channel")}.");
        }
        for (int channel = 0; channel < _means.Length; channel++)
        {
            var ofLevel = _values.AsSpan(channel * Levels, Levels);
            var from = image.Slice(channel * pixels, pixels);
            var to = values.Slice(channel * pixels, pixels);
            for (int i = 0; i < from.Length; i++)
                to[i] = ofLevel[from[i]];
        }
    }

    // From how often each byte occurs, so that the sums are exact and do not depend on the order of the images.
    private static (double Mean, double Deviation) Moments(ReadOnlySpan<long> counts)
    {
        long count = 0, sum = 0;
        for (int level = 0; level < Levels; level++)
        {
            count += counts[level];
            sum += level * counts[level];
        }
        double mean = (double)sum / count, squares = 0;
        for (int level = 0; level < Levels; level++)
            squares += counts[level] * ((level - mean) * (level - mean));
        return (mean / byte.MaxValue, Math.Sqrt(squares / count) / byte.MaxValue);
    }
}
