using ModularNetworks.Data;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>Labelled images as datapoints.</summary>
/// <param name="images">The images.</param>
/// <param name="normalization">Applied to every image.</param>
public sealed class ImageTrainingSet(LabelledImages images, ImageNormalization normalization) : ITrainingSet<ImageBatch>
{
    private ImageBatch? _batch;

    /// <inheritdoc/>
    public int Count => images.Count;

    /// <inheritdoc/>
    public ImageBatch Load(ReadOnlySpan<int> datapoints)
    {
        int numbers = images.Shape.Count;
        if (_batch is null || _batch.Classes.Shape.Count != datapoints.Length)
        {
            _batch = new ImageBatch(
                Tensor.Allocate(new Shape(datapoints.Length, numbers)), IndexTensor.Allocate(new Shape(datapoints.Length)));
        }
        for (int row = 0; row < datapoints.Length; row++)
        {
            normalization.Apply(images[datapoints[row]], _batch.Images.Values.Slice(row * numbers, numbers));
            _batch.Classes.Values[row] = images.Labels[datapoints[row]];
        }
        return _batch;
    }
}
