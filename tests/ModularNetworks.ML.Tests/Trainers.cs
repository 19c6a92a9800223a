using Microsoft.ML;
using Microsoft.ML.Data;

namespace ModularNetworks.ML.Tests;

/// <summary>Small trainers, which learn in a moment.</summary>
internal static class Trainers
{
    public static readonly FitOptions Quick = new() { Epochs = 60, BatchSize = 32, LearningRate = 1e-2 };

    public static ModularMulticlassTrainer Colours(MLContext context, string features = "Features", string label = "Label", int picks = 1) =>
        context.MulticlassClassification.Trainers.ModularNetwork(label, features, modules: 4, hidden: 8, picks: picks, options: Quick);

    public static ModularRegressionTrainer Heights(MLContext context, string features = "Features", string label = "Height", int picks = 1) =>
        context.Regression.Trainers.ModularNetwork(label, features, modules: 4, hidden: 8, picks: picks, options: Quick);

    public static EstimatorChain<ModularNetworkTransformer<ModularClassifier>> Pipeline(MLContext context) =>
        context.Transforms.Conversion.MapValueToKey("Label", "Colour").Append(Colours(context));
}
