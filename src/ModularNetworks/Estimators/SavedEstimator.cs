namespace ModularNetworks;

/// <summary>Tells which estimator saved a file, for programs that take files of all.</summary>
/// <example>
/// <code>
/// if (SavedEstimator.KindOf("model.safetensors") == EstimatorKind.Classifier)
///     Console.WriteLine(ModularClassifier.Load("model.safetensors").Classes);
/// </code>
/// </example>
public static class SavedEstimator
{
    /// <summary>The kind of estimator that saved a file. Only its header is read; loading checks the rest.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="CheckpointException">The file is not there, damaged, or of no estimator.</exception>
    public static EstimatorKind KindOf(string path) => EstimatorPath.Read(
        nameof(SavedEstimator), path, EstimatorFile.ReadKind, "Give a file that Save of a ModularClassifier, ModularRegressor or ModularLanguageModel wrote");
}
