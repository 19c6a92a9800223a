using Microsoft.ML;
using ModularNetworks.Onnx;

namespace ModularNetworks.ML;

/// <summary>Trains a <see cref="ModularRegressor"/> in a pipeline of ML.NET. <see cref="ModularNetworkCatalog"/> makes it.</summary>
public sealed class ModularRegressionTrainer : IEstimator<ModularNetworkTransformer<ModularRegressor>>
{
    private readonly TrainerSettings _settings;

    internal ModularRegressionTrainer(TrainerSettings settings)
    {
        settings.Validate();
        _settings = settings;
    }

    /// <summary>Trains with the rows that have a label.</summary>
    /// <param name="input">The data.</param>
    /// <returns>What adds the predictions to data, and has the regressor.</returns>
    /// <exception cref="ArgumentException">
    /// A column is missing or of a wrong type, no row has a label, a feature or label is not finite, or an option is out of its range.
    /// </exception>
    public ModularNetworkTransformer<ModularRegressor> Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var label = TrainerColumns.Label(input.Schema, _settings.LabelColumn, LabelKind.Number);
        var features = TrainerColumns.Features(input.Schema, _settings.FeatureColumn);
        var (rows, numbers) = TrainingRows.Read<float>(input, features, label, number => !float.IsNaN(number));
        var regressor = new ModularRegressor(
            TrainerColumns.Size(features), _settings.Modules, _settings.Seed, _settings.Hidden, _settings.Picks, _settings.Threads);
        var history = regressor.Fit(rows, numbers, _settings.Options);
        using var file = new MemoryStream();
        OnnxExport.Write(file, regressor);
        return new ModularNetworkTransformer<ModularRegressor>(regressor, history, ScoringChain.OfNumbers(file.ToArray(), input, _settings.FeatureColumn));
    }

    /// <summary>The columns that there will be: those of the input, and <c>Score</c> and <c>Module</c>.</summary>
    /// <param name="inputSchema">The columns of the input.</param>
    /// <exception cref="ArgumentException">A column is missing or of a wrong type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        TrainerColumns.Check(inputSchema, _settings, LabelKind.Number);
        return OutputShape.OfNumbers(inputSchema);
    }
}
