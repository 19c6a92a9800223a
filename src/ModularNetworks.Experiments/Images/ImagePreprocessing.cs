using System.Text.Json.Serialization;
using ModularNetworks.Data;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>The preprocessing of images: their classes, their size, and what their pixels become.</summary>
/// <param name="Classes">The names of the classes; the place of each is its number.</param>
/// <param name="Channels">1 for grey, 3 for red, green and blue.</param>
/// <param name="Height">The number of rows.</param>
/// <param name="Width">The number of columns.</param>
/// <param name="White">The value that stands for white (<see cref="LabelledImages.White"/>).</param>
/// <param name="Means">The mean of each channel, <c>[channels]</c>, as <see cref="ImageNormalization"/> takes it.</param>
/// <param name="Deviations">The standard deviation of each channel, <c>[channels]</c>.</param>
[CompiledJson(typeof(ImagePreprocessingTypes))]
internal sealed record ImagePreprocessing(
    IReadOnlyList<string> Classes, int Channels, int Height, int Width, byte White, IReadOnlyList<double> Means, IReadOnlyList<double> Deviations)
    : Preprocessing(KindOfData)
{
    /// <summary>The kind of data.</summary>
    public const string KindOfData = "image";

    // A network is made for these sizes before its checkpoint is read.
    private const int MostChannels = 4;
    private const int MostRows = 1024;

    /// <summary>The size of the images that the network takes.</summary>
    internal ImageShape Shape => new(Channels, Height, Width);

    /// <summary>What a network is told of images: fitted on the training images alone.</summary>
    public static ImagePreprocessing Of(ImageSplits images)
    {
        ArgumentNullException.ThrowIfNull(images);
        var (train, normalization) = (images.Train, images.Normalization);
        return new(
            train.Classes, train.Shape.Channels, train.Shape.Height, train.Shape.Width, train.White, normalization.Means, normalization.Deviations);
    }

    /// <summary>Reads the preprocessing of a run.</summary>
    /// <returns>Null if the run's folder does not tell.</returns>
    /// <exception cref="RunException"><c>preprocessing.json</c> is damaged or was changed.</exception>
    public static ImagePreprocessing? Read(RunFolder folder)
    {
        try
        {
            var read = TrainingData.ReadPreprocessing<ImagePreprocessing>(folder, KindOfData);
            read?.Validate();
            return read;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            throw PreprocessingFile.Damaged(folder, exception);
        }
    }

    /// <summary>The form in which the network takes images.</summary>
    internal ImageForm Form => new(Shape, Classes, White);

    /// <summary>Makes the numbers that the network takes from pixels.</summary>
    internal ImageNormalization Normalization() => new(Means, Deviations);

    private void Validate()
    {
        Require(Classes.Count > 0 && Classes.Distinct(StringComparer.Ordinal).Count() == Classes.Count, "classes");
        Require(Channels is >= 1 and <= MostChannels && Height is >= 1 and <= MostRows && Width is >= 1 and <= MostRows, "sizes");
        Require(White > 0, "white");
        Require(Normalization().Means.Count == Channels, "means and deviations");
    }

    private static void Require(bool condition, string part)
    {
        if (!condition)
            throw new FormatException($"its {part} cannot be.");
    }
}

/// <summary>The records of this file, whose JSON the compiler writes code for.</summary>
[JsonSerializable(typeof(ImagePreprocessing))]
internal sealed partial class ImagePreprocessingTypes : JsonSerializerContext;
