using System.Numerics.Tensors;
using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// Tells the class of rows of numbers: a <see cref="ModularMlp"/> whose rows pick one of several related modules. Inputs are standardised by means and
/// deviations of the training rows; compositions begin with balanced clusters of the inputs.
/// </summary>
/// <remarks>
/// Any number of threads may predict with a classifier at once. Fit it from one thread; threads that predict meanwhile go on with what was fitted before.
/// </remarks>
/// <example>
/// <code>
/// var digits = new ModularClassifier(inputs: 64, classes: 10, modules: 8, seed: 1);
/// digits.Fit(trainX, trainY, new FitOptions { Epochs = 30, Progress = Console.Out });
/// Console.WriteLine($"{digits.Score(testX, testY):P1}, module {digits.Explain(testX[0])}");
/// digits.Save("digits.safetensors");
/// </code>
/// </example>
public sealed class ModularClassifier
{
    private readonly PerceptronEstimator _estimator;

    /// <summary>Prepares a classifier, which has learned nothing yet.</summary>
    /// <param name="inputs">The number of numbers in a row.</param>
    /// <param name="classes">The number of classes; labels are from 0 to this number less 1.</param>
    /// <param name="modules">M, the number of modules.</param>
    /// <param name="seed">Decides every random choice.</param>
    /// <param name="hidden">The number of hidden units of a module.</param>
    /// <param name="picks">K, the number of modules that a row uses at once.</param>
    /// <param name="threads">The number of threads that train. Does not change the result; more than one pays for large sizes only.</param>
    /// <param name="device">Trains instead of threads of the classifier's own; null for these. It is not disposed.</param>
    /// <exception cref="ArgumentException">A size is less than 1, there are fewer than 2 classes, or fewer modules than picks.</exception>
    public ModularClassifier(
        int inputs, int classes, int modules, ulong seed, int hidden = 32, int picks = 1, int threads = 1, Device? device = null)
    {
        if (classes < 2)
            throw new ArgumentOutOfRangeException(nameof(classes), $"{nameof(ModularClassifier)}: {Counted.Of(classes, "class", "classes")}; there must be 2 at least.");
        var sizes = new ModularMlpSizes { Inputs = inputs, Outputs = classes, Modules = modules, Picks = picks, Hidden = hidden, Shared = true };
        _estimator = new PerceptronEstimator(nameof(ModularClassifier), new PerceptronSettings(sizes, seed, threads, device));
    }

    private ModularClassifier(PerceptronEstimator estimator) => _estimator = estimator;

    /// <summary>The number of numbers in a row.</summary>
    public int Inputs => _estimator.Settings.Sizes.Inputs;

    /// <summary>The number of classes.</summary>
    public int Classes => _estimator.Settings.Sizes.Outputs;

    /// <summary>M, the number of modules.</summary>
    public int Modules => _estimator.Settings.Sizes.Modules;

    /// <summary>What was fitted: the network and the way from a row to its input.</summary>
    /// <exception cref="InvalidOperationException">Nothing was fitted or loaded yet.</exception>
    public PerceptronModel Model => _estimator.Model;

    /// <summary>Trains from the beginning.</summary>
    /// <param name="rows">The rows, <c>[rows][inputs]</c>.</param>
    /// <param name="labels">The class of each row, <c>[rows]</c>, from 0.</param>
    /// <param name="options">The options; null for the defaults.</param>
    /// <returns>How the training went.</returns>
    /// <exception cref="ArgumentException">Rows, labels or options are not as they must be; what was fitted before stays.</exception>
    /// <exception cref="OperationCanceledException">A stop was asked for; what was fitted before stays.</exception>
    /// <exception cref="NonFiniteLossException">The training diverged; what was fitted before stays.</exception>
    public FitHistory Fit(VectorRows rows, ReadOnlySpan<int> labels, FitOptions? options = null) =>
        _estimator.Fit(Labelled(rows, labels), validation: null, options);

    /// <summary>Trains from the beginning, and validates with rows of their own.</summary>
    /// <param name="rows">The rows to train with, <c>[rows][inputs]</c>.</param>
    /// <param name="labels">The class of each row, <c>[rows]</c>, from 0.</param>
    /// <param name="validationRows">The rows to validate with.</param>
    /// <param name="validationLabels">The class of each.</param>
    /// <param name="options">The options; null for the defaults.</param>
    /// <inheritdoc cref="Fit(VectorRows, ReadOnlySpan{int}, FitOptions)"/>
    public FitHistory Fit(
        VectorRows rows, ReadOnlySpan<int> labels, VectorRows validationRows, ReadOnlySpan<int> validationLabels, FitOptions? options = null) =>
        _estimator.Fit(Labelled(rows, labels), Labelled(validationRows, validationLabels), options);

    /// <summary>The most probable class of a row.</summary>
    /// <param name="row"><c>[inputs]</c>.</param>
    /// <exception cref="ArgumentException">The row has another size, a number that is not finite, or numbers too far from those of the training.</exception>
    /// <exception cref="InvalidOperationException">Nothing was fitted or loaded yet.</exception>
    public int Predict(ReadOnlySpan<float> row) => Model.Output(row, TensorPrimitives.IndexOfMax);

    /// <summary>The most probable class of each row.</summary>
    /// <param name="rows"><c>[rows][inputs]</c>.</param>
    /// <returns><c>[rows]</c>.</returns>
    /// <inheritdoc cref="Predict(ReadOnlySpan{float})"/>
    public int[] Predict(VectorRows rows)
    {
        var classes = new List<int>();
        Model.Run(rows, output => classes.Add(TensorPrimitives.IndexOfMax(output)));
        return [.. classes];
    }

    /// <summary>The probability of each class for a row.</summary>
    /// <param name="row"><c>[inputs]</c>.</param>
    /// <returns><c>[classes]</c>, with the sum 1.</returns>
    /// <inheritdoc cref="Predict(ReadOnlySpan{float})"/>
    public float[] PredictProbabilities(ReadOnlySpan<float> row) => Model.Output(row, Softmax);

    /// <summary>The probability of each class for each row.</summary>
    /// <param name="rows"><c>[rows][inputs]</c>.</param>
    /// <returns><c>[rows][classes]</c>.</returns>
    /// <inheritdoc cref="Predict(ReadOnlySpan{float})"/>
    public float[][] PredictProbabilities(VectorRows rows)
    {
        var probabilities = new List<float[]>();
        Model.Run(rows, output => probabilities.Add(Softmax(output)));
        return [.. probabilities];
    }

    /// <summary>The accuracy: the share of rows whose most probable class is theirs, from 0 to 1.</summary>
    /// <param name="rows"><c>[rows][inputs]</c>.</param>
    /// <param name="labels">The class of each row, <c>[rows]</c>.</param>
    /// <inheritdoc cref="Evaluate"/>
    public double Score(VectorRows rows, ReadOnlySpan<int> labels) => Evaluate(rows, labels).Accuracy;

    /// <summary>Measures loss and accuracy.</summary>
    /// <param name="rows"><c>[rows][inputs]</c>.</param>
    /// <param name="labels">The class of each row, <c>[rows]</c>.</param>
    /// <exception cref="ArgumentException">Rows have another size, or labels are others than those of classes.</exception>
    /// <exception cref="InvalidOperationException">Nothing was fitted or loaded yet.</exception>
    public ClassifierEvaluation Evaluate(VectorRows rows, ReadOnlySpan<int> labels) => (ClassifierEvaluation)Model.Evaluate(Labelled(rows, labels));

    /// <summary>The modules that decide about a row.</summary>
    /// <param name="row"><c>[inputs]</c>.</param>
    /// <inheritdoc cref="Predict(ReadOnlySpan{float})"/>
    public Explanation Explain(ReadOnlySpan<float> row) => Model.Explain(row);

    /// <summary>Saves what was fitted, with all that is needed to predict, in one file in the safetensors format. A file that was there is replaced.</summary>
    /// <param name="path">The file, such as <c>digits.safetensors</c>.</param>
    /// <exception cref="InvalidOperationException">Nothing was fitted or loaded yet.</exception>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="IOException">The file cannot be written; one that was there stays.</exception>
    public void Save(string path) => EstimatorPath.Write(nameof(ModularClassifier), path, Save);

    /// <summary>Saves what was fitted to a stream, as <see cref="Save(string)"/> does.</summary>
    /// <param name="stream">Is written to.</param>
    /// <exception cref="InvalidOperationException">Nothing was fitted or loaded yet.</exception>
    public void Save(Stream stream) => PerceptronFiles.Save(stream, nameof(ModularClassifier), _estimator.Settings, Model);

    /// <summary>Loads a classifier that was saved. It predicts as it did, to the last bit on the same instruction set, and can be fitted anew.</summary>
    /// <param name="path">The file.</param>
    /// <param name="threads">The number of threads that train, if it is fitted anew.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="CheckpointException">The file is not there, damaged, or no classifier's.</exception>
    public static ModularClassifier Load(string path, int threads = 1) => EstimatorPath.Read(nameof(ModularClassifier), path, stream => Load(stream, threads));

    /// <summary>Loads a classifier from a stream.</summary>
    /// <param name="stream">Is read from its position on; must be able to seek.</param>
    /// <param name="threads">The number of threads that train, if it is fitted anew.</param>
    /// <exception cref="CheckpointException">What is read is damaged, or no classifier.</exception>
    public static ModularClassifier Load(Stream stream, int threads = 1) =>
        new(PerceptronFiles.Load(stream, nameof(ModularClassifier), isOfNumbers: false, threads));

    private static float[] Softmax(ReadOnlySpan<float> output)
    {
        float[] probabilities = new float[output.Length];
        TensorPrimitives.Subtract(output, TensorPrimitives.Max(output), probabilities);
        TensorPrimitives.SoftMax(probabilities, probabilities);
        return probabilities;
    }

    private TargetRows Labelled(VectorRows rows, ReadOnlySpan<int> labels)
    {
        for (int row = 0; row < labels.Length; row++)
        {
            if ((uint)labels[row] >= (uint)Classes)
                throw new ArgumentException($"{nameof(ModularClassifier)}: row {row} has label {labels[row]}; labels are from 0 to {Classes - 1}, for {Counted.Of(Classes, "class", "classes")}.", nameof(labels));
        }
        return TargetRows.Of(nameof(ModularClassifier), rows, Inputs, labels.ToArray(), numbers: null);
    }
}
