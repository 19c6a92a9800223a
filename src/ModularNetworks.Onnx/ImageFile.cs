using System.Globalization;
using ModularNetworks.Data;
using ModularNetworks.Engine;
using static ModularNetworks.Onnx.Files.TensorProto.Types;

namespace ModularNetworks.Onnx;

/// <summary>The file of an image classifier.</summary>
internal static class ImageFile
{
    /// <summary>Writes it.</summary>
    public static OnnxSignature Write(Stream stream, ImageClassifier classifier, ImageForm form, ImageNormalization normalization, SelectionRule? rule)
    {
        var (image, sizes) = (form.Shape, classifier.Sizes);
        if (image != sizes.Image || form.Classes.Count != sizes.Classes || normalization.Means.Count != image.Channels)
        {
            throw new ArgumentException(
                $"OnnxExport: images of {image} in {Counted.Of(form.Classes.Count, "class", "classes")} and means of {normalization.Means.Count} channels are given; the classifier takes "
                + $"{sizes.Image} in {Counted.Of(sizes.Classes, "class", "classes")}.", nameof(form));
        }
        var layers = new LayerGraph(classifier.Layers, following: null, sizes.Classes, rule);
        var answer = new Answer(layers, new TableTarget { Name = "class", Classes = form.Classes });
        var graph = new Graph("image classifier", answer.Names);
        string meaning = $"Pixels from 0 to {form.White}, in the order channel, row, column.";
        var pixels = graph.Input("image", DataType.Uint8, meaning, Answer.Batch, image.Channels, image.Height, image.Width);
        answer.Add(graph, graph.Reshape(Normalise(graph, pixels, normalization), -1, image.Count), keys: null);
        return WrittenModel.Write(stream, graph, "An image classifier of modules.", [.. answer.Properties(), ("white", form.White.ToString(CultureInfo.InvariantCulture))]);
    }

    private static Value Normalise(Graph graph, Value pixels, ImageNormalization normalization)
    {
        var levels = graph.Constants.Of("image.levels", [(double)byte.MaxValue], 1);
        var shares = graph.Add("Div", [graph.Cast(pixels, DataType.Double), levels]);
        var deviations = normalization.Deviations.Select(deviation => deviation == 0 ? 1 : deviation);
        return graph.Standardise(shares, "image", normalization.Means, deviations, normalization.Means.Count, 1, 1);
    }
}
