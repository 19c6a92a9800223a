using System.Diagnostics.CodeAnalysis;
using ModularNetworks.Experiments;

namespace ModularNetworks.Serving;

/// <summary>The models that are served, by their names.</summary>
internal sealed class ServedModels
{
    private readonly Dictionary<string, ServedModel> _byName = new(StringComparer.Ordinal);

    /// <summary>Loads models.</summary>
    /// <exception cref="RunException">A folder is no run, or one of a kind that is not served, or damaged.</exception>
    /// <exception cref="CheckpointException">A run has no checkpoint, or it is damaged; or a file is of no estimator.</exception>
    public ServedModels(ServingOptions options)
    {
        All = [.. options.Models.Select(model => Load(model.Name, model.Path))];
        foreach (var model in All)
            _byName.Add(model.Name, model);
    }

    /// <summary>The models in their order.</summary>
    public IReadOnlyList<ServedModel> All { get; }

    /// <summary>Finds a model.</summary>
    public bool TryFind(string name, [NotNullWhen(true)] out ServedModel? model) => _byName.TryGetValue(name, out model);

    private static ServedModel Load(string name, string path)
    {
        if (File.Exists(path))
            return LoadFile(name, path);
        var run = RunFolder.Open(path);
        var options = run.ReadOptions(BuiltInExperiments.Catalogue);
        return options switch
        {
            TableOptions => new ServedTable(name, TableModel.Load(run)),
            ImageClassifierOptions => new ServedImages(name, ImageModel.Load(run)),
            LanguageModelOptions => new ServedTextRun(name, TextModel.Load(run)),
            _ => throw new RunException($"{path}: a run of {options.Experiment} is not served. Give runs of train table, text, ptb, images, cifar10 or optdigits."),
        };
    }

    private static ServedModel LoadFile(string name, string path) => SavedEstimator.KindOf(path) switch
    {
        EstimatorKind.LanguageModel => new ServedLanguageModel(name, ModularLanguageModel.Load(path)),
        EstimatorKind.Regressor => new ServedVectors(name, ModularRegressor.Load(path).Model, isClassifier: false),
        _ => new ServedVectors(name, ModularClassifier.Load(path).Model, isClassifier: true),
    };
}
