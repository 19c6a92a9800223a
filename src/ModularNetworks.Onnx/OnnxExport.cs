using System.Globalization;
using ModularNetworks.Data;

namespace ModularNetworks.Onnx;

/// <summary>
/// Writes trained networks as ONNX files, with what is done to their inputs. In a file, too, only the selected modules run. The same network
/// gives the same bytes.
/// </summary>
/// <example>
/// <code>
/// var digits = ModularClassifier.Load("digits.safetensors");
/// using var file = File.Create("digits.onnx");
/// OnnxExport.Write(file, digits);
/// </code>
/// </example>
public static class OnnxExport
{
    /// <summary>
    /// Writes a fitted classifier: input <c>features [batch, inputs]</c>, rows as the classifier takes them; output <c>probabilities [batch, classes]</c>.
    /// </summary>
    /// <param name="stream">Receives the file.</param>
    /// <param name="classifier">The classifier.</param>
    /// <param name="classes">The names of the classes; null for their numbers.</param>
    /// <returns>The inputs and outputs of the file.</returns>
    /// <exception cref="ArgumentException">There is not a name for each class.</exception>
    /// <exception cref="InvalidOperationException">Nothing was fitted or loaded yet.</exception>
    /// <exception cref="NotSupportedException">The network is too large for a file.</exception>
    public static OnnxSignature Write(Stream stream, ModularClassifier classifier, IReadOnlyList<string>? classes = null)
    {
        ArgumentNullException.ThrowIfNull(classifier);
        classes ??= [.. Enumerable.Range(0, classifier.Classes).Select(label => label.ToString(CultureInfo.InvariantCulture))];
        return Write(stream, classifier.Model, new TableTarget { Name = "class", Classes = classes });
    }

    /// <summary>
    /// Writes a fitted regressor: input <c>features [batch, inputs]</c>, rows as the regressor takes them; output <c>prediction [batch, 1]</c>.
    /// </summary>
    /// <param name="stream">Receives the file.</param>
    /// <param name="regressor">The regressor.</param>
    /// <returns>The inputs and outputs of the file.</returns>
    /// <exception cref="InvalidOperationException">Nothing was fitted or loaded yet.</exception>
    /// <exception cref="NotSupportedException">The network is too large for a file.</exception>
    public static OnnxSignature Write(Stream stream, ModularRegressor regressor)
    {
        ArgumentNullException.ThrowIfNull(regressor);
        var model = regressor.Model;
        return Write(stream, model, new TableTarget { Name = "number", Mean = model.TargetMean, Deviation = model.TargetDeviation });
    }

    /// <summary>
    /// Writes a perceptron that reads vectors: input <c>features [batch, features]</c>, of single precision.
    /// </summary>
    /// <param name="stream">Receives the file.</param>
    /// <param name="network">The network.</param>
    /// <param name="vectors">What stands around the network; null for nothing.</param>
    /// <returns>The inputs and outputs of the file.</returns>
    /// <exception cref="ArgumentException">Something that the network asks for is missing, or a size is wrong.</exception>
    /// <exception cref="NotSupportedException">The network has parts of other kinds, or is too large for a file.</exception>
    public static OnnxSignature Write(Stream stream, ModularMlp network, OnnxVectors? vectors = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(network);
        return PerceptronFile.Write(stream, network, vectors ?? new OnnxVectors());
    }

    /// <summary>
    /// Writes a perceptron that reads the rows of a table: an input <c>[batch, 1]</c> for each column, of double precision for numbers and of words for
    /// categories.
    /// </summary>
    /// <param name="stream">Receives the file.</param>
    /// <param name="network">The network.</param>
    /// <param name="encoding">The columns, and what is predicted.</param>
    /// <param name="rule">How the network selects or mixes its modules; null for the most probable ones.</param>
    /// <param name="clusters">The clusters whose numbers the network asks for.</param>
    /// <returns>The inputs and outputs of the file.</returns>
    /// <exception cref="ArgumentException">Something that the network asks for is missing, or the columns are others.</exception>
    /// <exception cref="NotSupportedException">The network has parts of other kinds, or is too large for a file.</exception>
    public static OnnxSignature Write(Stream stream, ModularMlp network, TableEncoding encoding, SelectionRule? rule = null, Clusters? clusters = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(encoding);
        return PerceptronFile.Write(stream, network, encoding, new OnnxVectors { Target = encoding.Target, Rule = rule, Clusters = clusters });
    }

    /// <summary>
    /// Writes an image classifier: input <c>image [batch, channels, height, width]</c>, the bytes of the pixels, which the file normalises.
    /// </summary>
    /// <param name="stream">Receives the file.</param>
    /// <param name="classifier">The classifier.</param>
    /// <param name="form">The images and their classes.</param>
    /// <param name="normalization">Makes the numbers that the classifier takes from pixels.</param>
    /// <param name="rule">How the classifier selects or mixes its modules; null for the most probable ones.</param>
    /// <returns>The inputs and outputs of the file.</returns>
    /// <exception cref="ArgumentException">The classifier takes other images.</exception>
    /// <exception cref="NotSupportedException">The network has parts of other kinds, or is too large for a file.</exception>
    public static OnnxSignature Write(Stream stream, ImageClassifier classifier, ImageForm form, ImageNormalization normalization, SelectionRule? rule = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(classifier);
        ArgumentNullException.ThrowIfNull(form);
        ArgumentNullException.ThrowIfNull(normalization);
        return ImageFile.Write(stream, classifier, form, normalization, rule);
    }

    /// <summary>
    /// Writes a language model: inputs <c>token [batch]</c>, or <c>tokens [batch, steps]</c>, and <c>state [batch, hidden]</c>.
    /// </summary>
    /// <param name="stream">Receives the file.</param>
    /// <param name="model">The language model.</param>
    /// <param name="encoding">The vocabulary, which the file tells in its properties; null for none.</param>
    /// <param name="steps">How many tokens a run of the file reads.</param>
    /// <param name="rule">How the model selects or mixes its modules; null for the most probable ones.</param>
    /// <returns>The inputs and outputs of the file.</returns>
    /// <exception cref="ArgumentException">Something that the model asks for is missing, or the vocabulary is another.</exception>
    /// <exception cref="NotSupportedException">The network has parts of other kinds, or is too large for a file.</exception>
    public static OnnxSignature Write(
        Stream stream, LanguageModel model, TextEncoding? encoding = null, LanguageModelSteps steps = LanguageModelSteps.One, SelectionRule? rule = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(model);
        return LanguageModelFile.Write(stream, model, encoding, steps, rule);
    }

    /// <summary>
    /// Writes a fitted language model: inputs <c>token [batch]</c>, or <c>tokens [batch, steps]</c>, and <c>state [batch, hidden]</c>. The file tells the
    /// characters, if there are any, in its property <c>vocabulary</c>.
    /// </summary>
    /// <param name="stream">Receives the file.</param>
    /// <param name="model">The language model.</param>
    /// <param name="steps">How many tokens a run of the file reads.</param>
    /// <returns>The inputs and outputs of the file.</returns>
    /// <exception cref="InvalidOperationException">Nothing was fitted or loaded yet.</exception>
    /// <exception cref="NotSupportedException">The network is too large for a file.</exception>
    public static OnnxSignature Write(Stream stream, ModularLanguageModel model, LanguageModelSteps steps = LanguageModelSteps.One)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(model);
        return LanguageModelFile.Write(stream, model, steps);
    }

    private static OnnxSignature Write(Stream stream, PerceptronModel model, TableTarget target) => Write(stream, model.Network, new OnnxVectors
    {
        Means = model.InputMeans.ToArray(),
        Deviations = model.InputDeviations.ToArray(),
        Target = target,
        Rule = model.Rule,
    });
}
