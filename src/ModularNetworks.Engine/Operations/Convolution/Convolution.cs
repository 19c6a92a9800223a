namespace ModularNetworks.Engine;

/// <summary>Convolutions of images with filters.</summary>
public static class ConvolutionOperations
{
    /// <summary>
    /// Applies filters at every position of a window:
    /// <c>output[row, o, position] = bias[o] + sum_e weight[o, e] * patch[row, position, e]</c>.
    /// </summary>
    /// <param name="tape">Records the operation.</param>
    /// <param name="input"><c>[rows, channels * height * width]</c>, images.</param>
    /// <param name="patches">The size of the images, and the window.</param>
    /// <param name="weight"><c>[outputs, channels * window * window]</c>, in the order channel, row, column.</param>
    /// <param name="bias"><c>[outputs]</c>, or null for none.</param>
    /// <param name="rectify">Whether to take the positive part of the output, which costs nothing here.</param>
    /// <returns><c>[rows, outputs * positions]</c>: images with a channel for each filter.</returns>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    public static Tensor Convolution(
        this Tape tape, Tensor input, ImagePatches patches, Tensor weight, Tensor? bias, bool rectify = false)
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(input);
        var selection = ConvolutionOperation.PickOnlyKey(tape, input);
        return ConvolutionOperation.Run(tape, input, patches, selection, weight, bias, rectify, isPicked: false);
    }

    /// <summary>
    /// The mean over all positions of what each filter of a <see cref="Convolution"/> gives, which then does not go through
    /// memory: <c>[rows, channels * height * width] -> [rows, outputs]</c>.
    /// </summary>
    /// <param name="tape">Records the operation.</param>
    /// <param name="input"><c>[rows, channels * height * width]</c>, images.</param>
    /// <param name="patches">The size of the images, and the window.</param>
    /// <param name="weight"><c>[outputs, channels * window * window]</c>, in the order channel, row, column.</param>
    /// <param name="bias"><c>[outputs]</c>, or null for none.</param>
    /// <param name="rectify">Whether to take the mean of the positive parts.</param>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    public static Tensor ConvolutionMeans(
        this Tape tape, Tensor input, ImagePatches patches, Tensor weight, Tensor? bias, bool rectify = false)
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(input);
        return ConvolutionOperation.RunMeans(tape, input, patches, weight, bias, rectify);
    }

    /// <summary>
    /// Applies to every row's image the filters of the keys that the row picks. A key picked twice by one row is applied, and
    /// learns, twice. The cost follows the number of picks, not the number of keys.
    /// </summary>
    /// <param name="tape">Records the operation.</param>
    /// <param name="input">
    /// <c>[images, channels * height * width]</c>; row r of the picks reads image <c>r % images</c>, so that several rows
    /// share one image without a copy.
    /// </param>
    /// <param name="patches">The size of the images, and the window.</param>
    /// <param name="picks"><c>[rows, K]</c>, the picked keys.</param>
    /// <param name="weight">
    /// <c>[keys, outputs, channels * window * window]</c>, a filter's numbers in the order channel, row, column.
    /// </param>
    /// <param name="bias"><c>[keys, outputs]</c>, or null for none.</param>
    /// <param name="rectify">Whether to take the positive part of the output, which costs nothing here.</param>
    /// <returns><c>[rows, K, outputs * positions]</c>.</returns>
    /// <exception cref="ShapeException">The shapes do not fit, or a picked key does not exist.</exception>
    public static Tensor PickedConvolution(
        this Tape tape,
        Tensor input,
        ImagePatches patches,
        IndexTensor picks,
        Tensor weight,
        Tensor? bias,
        bool rectify = false)
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(picks);
        return ConvolutionOperation.Run(tape, input, patches, picks, weight, bias, rectify, isPicked: true);
    }
}
