using ModularNetworks.Data;
using ModularNetworks.Engine;
using ModularNetworks.Experiments;

namespace ModularNetworks.Fuzz;

/// <summary>The classes, sizes and normalisation of a run on images.</summary>
internal sealed class ImagePreprocessingTarget : PreprocessingTarget
{
    private static readonly ImageShape Shape = new(1, 8, 8);

    public ImagePreprocessingTarget()
        : base("image-preprocessing")
    {
        var options = new OptdigitsOptions
        {
            Data = Sandbox["none"],
            Modules = 2,
            Picks = 1,
            Filters = 1,
            Hidden = 2,
            BatchSize = 2,
            Steps = 1,
            Threads = 1,
        };
        Train(options, kernels => new ImageClassifierExperiment(options, new ImageSplits(Images(), Images()), kernels));
    }

    // A model for images of up to 4x1024x1024 is made before its checkpoint is read.
    public override long MostBytes => 128 * Megabyte;

    protected override void Use(RunFolder run)
    {
        var model = ImageModel.Load(run, Sandbox["none"]);
        _ = model.PredictPixels(new byte[model.Form.Shape.Count], count: 3);
    }

    private static LabelledImages Images()
    {
        byte[] dark = new byte[Shape.Count], light = [.. Enumerable.Repeat((byte)16, Shape.Count)];
        return new LabelledImages(Shape, [dark, light], [0, 1], ["dark", "light"]) { White = 16 };
    }
}
