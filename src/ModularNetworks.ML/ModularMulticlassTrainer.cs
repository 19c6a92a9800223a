using Microsoft.ML;
using ModularNetworks.Onnx;

namespace ModularNetworks.ML;

/// <summary>Trains a <see cref="ModularClassifier"/> in a pipeline of ML.NET. <see cref="ModularNetworkCatalog"/> makes it.</summary>
public sealed class ModularMulticlassTrainer : IEstimator<ModularNetworkTransformer<ModularClassifier>>
{
    private readonly TrainerSettings _settings;

    internal ModularMulticlassTrainer(TrainerSettings settings)
    {
        settings.Validate();
        _settings = settings;
    }

    /// <summary>Trains with the rows that have a label.</summary>
    /// <param name="input">The data.</param>
    /// <returns>What adds the predictions to data, and has the classifier.</returns>
    /// <exception cref="ArgumentException">
    /// A column is missing or of a wrong type, no row has a label, a feature is not finite, or an option is out of its range.
    /// </exception>
    public ModularNetworkTransformer<ModularClassifier> Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var label = TrainerColumns.Label(input.Schema, _settings.LabelColumn, LabelKind.Class);
        var features = TrainerColumns.Features(input.Schema, _settings.FeatureColumn);
        int classes = TrainerColumns.Classes(label);
        // Keys count from 1; 0 is a missing one.
        var (rows, keys) = TrainingRows.Read<uint>(input, features, label, key => key != 0);
        var classifier = new ModularClassifier(
            TrainerColumns.Size(features), classes, _settings.Modules, _settings.Seed, _settings.Hidden, _settings.Picks, _settings.Threads);
        var history = classifier.Fit(rows, Array.ConvertAll(keys, key => (int)key - 1), _settings.Options);
        using var file = new MemoryStream();
        OnnxExport.Write(file, classifier);
        var scoring = ScoringChain.OfClasses(file.ToArray(), input, _settings.FeatureColumn, label);
        return new ModularNetworkTransformer<ModularClassifier>(classifier, history, scoring);
    }

    /// <summary>The columns that there will be: those of the input, and <c>PredictedLabel</c>, <c>Score</c> and <c>Module</c>.</summary>
    /// <param name="inputSchema">The columns of the input.</param>
    /// <exception cref="ArgumentException">A column is missing or of a wrong type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        TrainerColumns.Check(inputSchema, _settings, LabelKind.Class);
        return OutputShape.OfClasses(inputSchema, _settings.LabelColumn);
    }
}
