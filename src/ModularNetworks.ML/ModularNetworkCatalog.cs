using Microsoft.ML;

namespace ModularNetworks.ML;

/// <summary>Makes modular networks trainers of ML.NET.</summary>
/// <example>
/// <code>
/// var pipeline = mlContext.Transforms.Conversion.MapValueToKey("Label", "Digit")
///     .Append(mlContext.MulticlassClassification.Trainers.ModularNetwork(modules: 8))
///     .Append(mlContext.Transforms.Conversion.MapKeyToValue("Answer", "PredictedLabel"));
/// var model = pipeline.Fit(data);
/// </code>
/// </example>
public static class ModularNetworkCatalog
{
    // Both methods have the same arguments one by one, as all trainers of ML.NET have theirs, so that editors show names and defaults where they are written.

    /// <summary>
    /// A trainer of a <see cref="ModularClassifier"/>. It adds the columns <c>PredictedLabel</c> (a key, as the label), <c>Score</c> (the probabilities,
    /// <c>[classes]</c>) and <c>Module</c> (the numbers of the modules that decided, <c>[picks]</c>).
    /// </summary>
    /// <param name="trainers">The trainers of ML.NET.</param>
    /// <param name="labelColumnName">
    /// The column of what is predicted: a class is a key, a number is a <see cref="float"/>. Rows whose key is missing, or whose number is NaN, are not
    /// trained with.
    /// </param>
    /// <param name="featureColumnName">The column of the inputs: a vector of known size of <see cref="float"/>.</param>
    /// <param name="modules">M, the number of modules.</param>
    /// <param name="seed">Decides every random choice; the seed of the <see cref="MLContext"/> decides none.</param>
    /// <param name="hidden">The number of hidden units of a module.</param>
    /// <param name="picks">K, the number of modules that a row uses at once.</param>
    /// <param name="threads">The number of threads that train. Does not change the result; more than one pays for large sizes only.</param>
    /// <param name="options">How it is fitted; null for the defaults.</param>
    /// <exception cref="ArgumentException">The method of training selects no modules.</exception>
    public static ModularMulticlassTrainer ModularNetwork(
        this MulticlassClassificationCatalog.MulticlassClassificationTrainers trainers,
        string labelColumnName = "Label",
        string featureColumnName = "Features",
        int modules = 8,
        ulong seed = 1,
        int hidden = 32,
        int picks = 1,
        int threads = 1,
        FitOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(trainers);
        return new(new TrainerSettings(labelColumnName, featureColumnName, modules, seed, hidden, picks, threads, options ?? new FitOptions()));
    }

    /// <summary>
    /// A trainer of a <see cref="ModularRegressor"/>. It adds the columns <c>Score</c> (the predicted number) and <c>Module</c> (the numbers of the modules
    /// that decided, <c>[picks]</c>).
    /// </summary>
    /// <inheritdoc
    /// cref="ModularNetwork(MulticlassClassificationCatalog.MulticlassClassificationTrainers, string, string, int, ulong, int, int, int, FitOptions?)"
    /// path="/param|/exception"/>
    public static ModularRegressionTrainer ModularNetwork(
        this RegressionCatalog.RegressionTrainers trainers,
        string labelColumnName = "Label",
        string featureColumnName = "Features",
        int modules = 8,
        ulong seed = 1,
        int hidden = 32,
        int picks = 1,
        int threads = 1,
        FitOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(trainers);
        return new(new TrainerSettings(labelColumnName, featureColumnName, modules, seed, hidden, picks, threads, options ?? new FitOptions()));
    }
}
