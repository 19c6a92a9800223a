using System.Numerics.Tensors;
using ModularNetworks.Data;

namespace ModularNetworks.Experiments;

/// <summary>Which classes the modules of an image classifier are used for, and which images are typical of each.</summary>
internal sealed class ImageInspection
{
    private const int TypicalImages = 6;

    private readonly LabelledImages _images;
    private readonly List<LayerRecord> _layers = [];

    /// <summary>Starts with no image looked at.</summary>
    /// <param name="images">The images.</param>
    public ImageInspection(LabelledImages images) => _images = images;

    /// <summary>Adds what was decided for some images.</summary>
    /// <param name="selections">The decisions.</param>
    /// <param name="images">The images' numbers, in the order of the batch.</param>
    public void Add(RecordedSelections selections, int[] images)
    {
        ArgumentNullException.ThrowIfNull(selections);
        for (int layer = 0; layer < selections.Layers; layer++)
        {
            if (layer == _layers.Count)
                _layers.Add(new LayerRecord(_images.Classes.Count, selections.Modules(layer)));
            for (int row = 0; row < images.Length; row++)
            {
                for (int k = 0; k < selections.Picks(layer); k++)
                {
                    int module = selections.Mode(layer, 0, row, k);
                    double probability = selections.Probabilities(layer, 0, row, k)[module];
                    _layers[layer].Add(module, images[row], _images.Labels[images[row]], probability);
                }
            }
        }
    }

    /// <summary>The findings, a layer each.</summary>
    public IReadOnlyList<LayerFindings> Findings() =>
        [.. _layers.Select(layer => new LayerFindings([("class", layer.Classes)], module => new ModuleDetail
        {
            Classes = Inspections.Classes(layer.Classes, _images.Classes, module),
            Images = [.. layer.Typical[module].Select(image => image.Image)],
        }))];

    /// <summary>Small pictures of all typical images, by the images' numbers and in their order.</summary>
    public IReadOnlyDictionary<int, ImageThumbnail> Thumbnails()
    {
        byte white = LargestValue();
        var shown = _layers.SelectMany(layer => layer.Typical).SelectMany(images => images).Select(image => image.Image);
        return new SortedDictionary<int, ImageThumbnail>(shown.Distinct().ToDictionary(image => image, image => new ImageThumbnail(
            _images.Classes[_images.Labels[image]],
            $"data:image/png;base64,{Convert.ToBase64String(Thumbnail.Png(_images[image], _images.Shape, white))}")));
    }

    // Not all images have 256 shades: those of optdigits have 17, and would be black.
    private byte LargestValue()
    {
        byte largest = 1;
        for (int n = 0; n < _images.Count && largest < byte.MaxValue; n++)
            largest = Math.Max(largest, TensorPrimitives.Max(_images[n]));
        return largest;
    }

    private sealed class LayerRecord(int classes, int modules)
    {
        public ModuleLabelCounts Classes { get; } = new(classes, modules);

        /// <summary>For each module the images that it was selected for with the highest probabilities, those first.</summary>
        public List<(int Image, double Probability)>[] Typical { get; } =
            [.. Enumerable.Range(0, modules).Select(_ => new List<(int Image, double Probability)>())];

        public void Add(int module, int image, int label, double probability)
        {
            Classes.Add(label, module);
            var typical = Typical[module];
            // A module that is picked twice for an image has the image once.
            if (typical.Any(other => other.Image == image))
                return;
            int place = typical.FindIndex(other => other.Probability < probability);
            typical.Insert(place < 0 ? typical.Count : place, (image, probability));
            if (typical.Count > TypicalImages)
                typical.RemoveAt(TypicalImages);
        }
    }
}
