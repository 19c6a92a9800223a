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
    public override Tensor Forward(Tape tape, Tensor input) => tape.ChannelMeans(input, image);
}
