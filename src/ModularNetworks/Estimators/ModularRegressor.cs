using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// Predicts a number from a row of numbers: a <see cref="ModularMlp"/> whose rows pick one of several related modules. Inputs and targets are
/// standardised by means and deviations of the training rows; compositions begin with balanced clusters of the inputs.
/// </summary>
/// <remarks>
/// Any number of threads may predict with a regressor at once. Fit it from one thread; threads that predict meanwhile go on with what was fitted before.
/// </remarks>
/// <example>
/// <code>
/// var price = new ModularRegressor(inputs: 5, modules: 8, seed: 1);
/// price.Fit(trainX, trainY);
/// Console.WriteLine($"R2 {price.Score(testX, testY):F3}; {price.Predict(testX[0])}, module {price.Explain(testX[0])}");
/// </code>
/// </example>
public sealed class ModularRegressor
{
    private readonly PerceptronEstimator _estimator;

    /// <summary>Prepares a regressor, which has learned nothing yet.</summary>
    /// <param name="inputs">The number of numbers in a row.</param>
    /// <param name="modules">M, the number of modules.</param>
    /// <param name="seed">Decides every random choice.</param>
    /// <param name="hidden">The number of hidden units of a module.</param>
    /// <param name="picks">K, the number of modules that a row uses at once.</param>
    /// <param name="threads">The number of threads that train. Does not change the result; more than one pays for large sizes only.</param>
    /// <param name="device">Trains instead of threads of the regressor's own; null for these. It is not disposed.</param>
    /// <exception cref="ArgumentException">A size is less than 1, or there are fewer modules than picks.</exception>
    public ModularRegressor(int inputs, int modules, ulong seed, int hidden = 32, int picks = 1, int threads = 1, Device? device = null)
    {
        var sizes = new ModularMlpSizes { Inputs = inputs, Outputs = 1, Modules = modules, Picks = picks, Hidden = hidden, Shared = true };
        _estimator = new PerceptronEstimator(nameof(ModularRegressor), new PerceptronSettings(sizes, seed, threads, device));
    }

    private ModularRegressor(PerceptronEstimator estimator) => _estimator = estimator;

    /// <summary>The number of numbers in a row.</summary>
    public int Inputs => _estimator.Settings.Sizes.Inputs;

    /// <summary>M, the number of modules.</summary>
    public int Modules => _estimator.Settings.Sizes.Modules;

    /// <summary>What was fitted: the network, and the ways from a row to its input and from its output to a number.</summary>
    /// <exception cref="InvalidOperationException">Nothing was fitted or loaded yet.</exception>
    public PerceptronModel Model => _estimator.Model;

    /// <summary>Trains from the beginning.</summary>
    /// <param name="rows">The rows, <c>[rows][inputs]</c>.</param>
    /// <param name="targets">The number of each row, <c>[rows]</c>.</param>
    /// <param name="options">The options; null for the defaults.</param>
    /// <returns>How the training went.</returns>
    /// <exception cref="ArgumentException">Rows, targets or options are not as they must be; what was fitted before stays.</exception>
    /// <exception cref="OperationCanceledException">A stop was asked for; what was fitted before stays.</exception>
    /// <exception cref="NonFiniteLossException">The training diverged; what was fitted before stays.</exception>
    public FitHistory Fit(VectorRows rows, ReadOnlySpan<float> targets, FitOptions? options = null) =>
        _estimator.Fit(Labelled(rows, targets), validation: null, options);

    /// <summary>Trains from the beginning, and validates with rows of their own.</summary>
    /// <param name="rows">The rows to train with, <c>[rows][inputs]</c>.</param>
    /// <param name="targets">The number of each row, <c>[rows]</c>.</param>
    /// <param name="validationRows">The rows to validate with.</param>
    /// <param name="validationTargets">The number of each.</param>
    /// <param name="options">The options; null for the defaults.</param>
    /// <inheritdoc cref="Fit(VectorRows, ReadOnlySpan{float}, FitOptions)"/>
    public FitHistory Fit(
        VectorRows rows, ReadOnlySpan<float> targets, VectorRows validationRows, ReadOnlySpan<float> validationTargets, FitOptions? options = null) =>
        _estimator.Fit(Labelled(rows, targets), Labelled(validationRows, validationTargets), options);

    /// <summary>The number that belongs to a row.</summary>
    /// <param name="row"><c>[inputs]</c>.</param>
    /// <exception cref="ArgumentException">The row has another size, a number that is not finite, or numbers too far from those of the training.</exception>
    /// <exception cref="InvalidOperationException">Nothing was fitted or loaded yet.</exception>
    public float Predict(ReadOnlySpan<float> row)
    {
        var model = Model;
        return model.ToNumber(model.Output(row, static output => output[0]));
    }

    /// <summary>The numbers that belong to rows.</summary>
    /// <param name="rows"><c>[rows][inputs]</c>.</param>
    /// <returns><c>[rows]</c>.</returns>
    /// <inheritdoc cref="Predict(ReadOnlySpan{float})"/>
    public float[] Predict(VectorRows rows)
    {
        var (model, numbers) = (Model, new List<float>());
        model.Run(rows, output => numbers.Add(model.ToNumber(output[0])));
        return [.. numbers];
    }

    /// <summary>R², the share of the variance of the targets that is explained: 1 at best.</summary>
    /// <param name="rows"><c>[rows][inputs]</c>.</param>
    /// <param name="targets">The number of each row, <c>[rows]</c>.</param>
    /// <inheritdoc cref="Evaluate"/>
    public double Score(VectorRows rows, ReadOnlySpan<float> targets) => Evaluate(rows, targets).R2;

    /// <summary>Measures loss, mean squared error and R².</summary>
    /// <param name="rows"><c>[rows][inputs]</c>.</param>
    /// <param name="targets">The number of each row, <c>[rows]</c>.</param>
    /// <exception cref="ArgumentException">Rows have another size, or there is not a finite number for each.</exception>
    /// <exception cref="InvalidOperationException">Nothing was fitted or loaded yet.</exception>
    public RegressorEvaluation Evaluate(VectorRows rows, ReadOnlySpan<float> targets) => (RegressorEvaluation)Model.Evaluate(Labelled(rows, targets));

    /// <summary>The modules that decide about a row.</summary>
    /// <param name="row"><c>[inputs]</c>.</param>
    /// <inheritdoc cref="Predict(ReadOnlySpan{float})"/>
    public Explanation Explain(ReadOnlySpan<float> row) => Model.Explain(row);

    /// <summary>Saves what was fitted, with all that is needed to predict, in one file in the safetensors format. A file that was there is replaced.</summary>
    /// <param name="path">The file, such as <c>price.safetensors</c>.</param>
    /// <exception cref="InvalidOperationException">Nothing was fitted or loaded yet.</exception>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="IOException">The file cannot be written; one that was there stays.</exception>
    public void Save(string path) => EstimatorPath.Write(nameof(ModularRegressor), path, Save);

    /// <summary>Saves what was fitted to a stream, as <see cref="Save(string)"/> does.</summary>
    /// <param name="stream">Is written to.</param>
    /// <exception cref="InvalidOperationException">Nothing was fitted or loaded yet.</exception>
    public void Save(Stream stream) => PerceptronFiles.Save(stream, nameof(ModularRegressor), _estimator.Settings, Model);

    /// <summary>Loads a regressor that was saved. It predicts as it did, to the last bit on the same instruction set, and can be fitted anew.</summary>
    /// <param name="path">The file.</param>
    /// <param name="threads">The number of threads that train, if it is fitted anew.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="CheckpointException">The file is not there, damaged, or no regressor's.</exception>
    public static ModularRegressor Load(string path, int threads = 1) => EstimatorPath.Read(nameof(ModularRegressor), path, stream => Load(stream, threads));

    /// <summary>Loads a regressor from a stream.</summary>
    /// <param name="stream">Is read from its position on; must be able to seek.</param>
    /// <param name="threads">The number of threads that train, if it is fitted anew.</param>
    /// <exception cref="CheckpointException">What is read is damaged, or no regressor.</exception>
    public static ModularRegressor Load(Stream stream, int threads = 1) =>
        new(PerceptronFiles.Load(stream, nameof(ModularRegressor), isOfNumbers: true, threads));

    private TargetRows Labelled(VectorRows rows, ReadOnlySpan<float> targets) =>
        TargetRows.Of(nameof(ModularRegressor), rows, Inputs, classes: null, targets.ToArray());
}
