using System.Numerics.Tensors;
using ModularNetworks.Data;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>A trained image classifier with the way from pixels to numbers and back to classes: it takes any image, and needs no training data.</summary>
/// <remarks>Any number of threads may ask one model at once.</remarks>
/// <example>
/// <code>
/// var model = ImageModel.Load(RunFolder.Open("runs/photos"));
/// var best = model.Predict(File.ReadAllBytes("new.jpg"), count: 3).Classes[0];
/// Console.WriteLine($"{best.Class}, {best.Probability:P1}");
/// </code>
/// </example>
public sealed class ImageModel
{
    private readonly ModularModel _model;
    private readonly ReaderPool<Reader> _readers;

    private ImageModel(ImagePreprocessing preprocessing, ImageClassifier classifier, SelectionRule rule)
    {
        Layers = rule is FixedSelection ? [] : rule.LayoutOf(classifier.Layout).Layers;
        (Form, Normalization) = (preprocessing.Form, preprocessing.Normalization());
        Classifier = classifier;
        Rule = rule;
        _readers = new ReaderPool<Reader>(() => new Reader(new float[Form.Shape.Count], new ModelAnswer()));
        _model = new ModularModel(classifier.Layout, Form.Shape.Count, classifier.Logits, rule);
    }

    /// <summary>The classifier.</summary>
    public ImageClassifier Classifier { get; }

    /// <summary>The form of the images that the classifier takes: their size, their classes, and the value of white.</summary>
    public ImageForm Form { get; }

    /// <summary>Makes the numbers that the classifier takes from pixels; fitted on the training images.</summary>
    public ImageNormalization Normalization { get; }

    /// <summary>How the classifier selects or mixes its modules.</summary>
    public SelectionRule Rule { get; }

    /// <summary>The layers that select modules, in the order in which they run.</summary>
    public IReadOnlyList<LayerLayout> Layers { get; }

    /// <summary>Loads what a run has trained.</summary>
    /// <param name="run">The run's folder; its newest checkpoint is read.</param>
    /// <param name="data">
    /// The images of the training, if they are not where they were then. They are read only for runs of earlier versions, which did not keep
    /// the classes and the normalisation.
    /// </param>
    /// <exception cref="RunException">
    /// The run is of another experiment; its files are damaged; or it did not keep classes and normalisation and the images are not there or are
    /// others.
    /// </exception>
    /// <exception cref="CheckpointException">There is no checkpoint, or it is damaged.</exception>
    /// <exception cref="DataException">The images are damaged.</exception>
    public static ImageModel Load(RunFolder run, string? data = null)
    {
        ArgumentNullException.ThrowIfNull(run);
        var options = run.ReadOptions<ImageClassifierOptions>(ImageExperiments.Kinds, ImageExperiments.NotARun);
        var preprocessing = ImagePreprocessing.Read(run) ?? ReadImages(run, options, data);
        try
        {
            return new ImageModel(preprocessing, TrainedImageClassifier.Load(run, preprocessing.Shape, preprocessing.Classes.Count), options.CreateRule());
        }
        catch (ShapeException exception)
        {
            throw PreprocessingFile.Damaged(run, exception);
        }
    }

    /// <summary>Predicts the class of a picture of any size.</summary>
    /// <param name="file">The bytes of a picture file, as <see cref="Decode"/> takes them.</param>
    /// <param name="count">How many classes to tell, at most.</param>
    /// <exception cref="DataException">The file cannot be decoded.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is less than 1.</exception>
    /// <exception cref="NonFiniteLossException">The classifier's output is not a finite number, since its training diverged.</exception>
    public ImagePrediction Predict(ReadOnlySpan<byte> file, int count) => PredictPixels(Decode(file, "the picture"), count);

    /// <summary>
    /// Decodes a picture as the training did, to pixels for <see cref="PredictPixels"/>: scaled with its proportions kept until it fills the size,
    /// and cut to its centre (<see cref="ImageDecoder"/>).
    /// </summary>
    /// <param name="file">The bytes of a PNG, JPEG, WebP, GIF or BMP file.</param>
    /// <param name="name">The file's name in messages.</param>
    /// <returns><c>[channels * height * width]</c> in the order channel, row, column; values from 0 to <see cref="ImageForm.White"/>.</returns>
    /// <exception cref="DataException">The file cannot be decoded.</exception>
    public byte[] Decode(ReadOnlySpan<byte> file, string name) => InShades(ImageDecoder.Decode(file, name, PictureShape(name)));

    /// <summary>Reads and decodes a picture file, as <see cref="Decode"/> does.</summary>
    /// <param name="path">The file.</param>
    /// <returns><c>[channels * height * width]</c> in the order channel, row, column; values from 0 to <see cref="ImageForm.White"/>.</returns>
    /// <exception cref="DataException">The file cannot be read or decoded.</exception>
    public byte[] Read(string path) => InShades(ImageDecoder.Read(path, PictureShape(path)));

    /// <summary>Predicts the class of an image of the size that the classifier takes. The answer does not depend on images before it.</summary>
    /// <param name="pixels">The image, <c>[channels * height * width]</c> in the order channel, row, column; values from 0 to <see cref="ImageForm.White"/>.</param>
    /// <param name="count">How many classes to tell, at most.</param>
    /// <exception cref="ArgumentException">The image has another size.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is less than 1.</exception>
    /// <exception cref="NonFiniteLossException">The classifier's output is not a finite number, since its training diverged.</exception>
    public ImagePrediction PredictPixels(ReadOnlySpan<byte> pixels, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (pixels.Length != Form.Shape.Count)
            throw new ArgumentException($"ImageModel: {Counted.Of(pixels.Length, "value")} given; images of {Form.Shape} have {Form.Shape.Count}.", nameof(pixels));
        var reader = _readers.Rent();
        try
        {
            Normalization.Apply(pixels, reader.Input);
            _model.Predict(reader.Input, reader.Answer);
            double[] probabilities = Probabilities(reader.Answer.Output);
            var order = Enumerable.Range(0, probabilities.Length).OrderByDescending(label => probabilities[label]).Take(count);
            return new ImagePrediction([.. order.Select(label => new ClassProbability(Form.Classes[label], (float)probabilities[label]))], Modules(reader.Answer));
        }
        finally
        {
            _readers.Return(reader);
        }
    }

    private ImageShape PictureShape(string name) => Form.Shape.Channels is 1 or 3
        ? Form.Shape
        : throw new DataException($"{name}: no picture has the {Counted.Of(Form.Shape.Channels, "channel")} of the images of the training. Give pixels.");

    private byte[] InShades(byte[] pixels)
    {
        Form.ToShades(pixels);
        return pixels;
    }

    private static double[] Probabilities(ReadOnlySpan<float> logits)
    {
        if (!TensorPrimitives.IsFiniteAll(logits))
            throw new NonFiniteLossException("The logits of the classes are not finite: the training has diverged. Train with a lower learning rate.");
        double largest = TensorPrimitives.Max(logits);
        double[] probabilities = new double[logits.Length];
        for (int label = 0; label < logits.Length; label++)
            probabilities[label] = Math.Exp(logits[label] - largest);
        double sum = probabilities.Sum();
        return [.. probabilities.Select(weight => weight / sum)];
    }

    private List<LayerModules> Modules(ModelAnswer answer)
    {
        var modules = new List<LayerModules>();
        foreach (var layer in Layers)
            modules.Add(new LayerModules(layer.Name, answer.Composition[modules.Count].Modules.ToArray()));
        return modules;
    }

    private static ImagePreprocessing ReadImages(RunFolder run, ImageClassifierOptions options, string? data)
    {
        var images = (options with { Data = TrainingData.PathFor(run, data ?? options.Data) }).Load();
        if (options is ImageFolderOptions && !TrainingData.AreThose(run, images.Fingerprint))
        {
            throw new RunException(
                $"{run.FullPath}: it has no {RunFiles.Preprocessing}, since an earlier version of modnet trained it, and these are not the images of the training; or "
                + "they are, and that version scaled them to other values. Give the right ones with --data, or train again.");
        }
        TrainingData.Require(run, images.Fingerprint);
        return ImagePreprocessing.Of(ImageValidation.Split(images, options.ValidImages).Images);
    }

    /// <summary>What one thread needs for a prediction.</summary>
    private sealed record Reader(float[] Input, ModelAnswer Answer);
}
