namespace ModularNetworks.Engine;

/// <summary>
/// The mean of every channel over the whole image ("global average pooling"):
/// <c>[rows, channels * height * width] -> [rows, channels]</c>.
/// </summary>
/// <param name="image">The size of the images.</param>
public sealed class ChannelMeans(ImageShape image) : Layer
{
    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [];

    /// <inheritdoc/>
    /// <exception cref="ShapeException">The input's rows are not images of the layer's size.</exception>
    public override Tensor Forward(Tape tape, Tensor input)
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(input);
        var channels = tape.Reshape(input, new Shape(input.Shape.Rows, image.Channels, image.Places));
        return tape.Scale(tape.SumLast(channels), 1.0 / image.Places);
    }
}
