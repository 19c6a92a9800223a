using Microsoft.ML;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Trainers.LightGbm;
using ModularNetworks.ML;

// Trains a modular network and ML.NET's own trainers with the same rows, each with its default settings and one thread:
// MlNet TABLE.csv TARGET class|number [TRAINER...]
bool isNumber = args[2] == "number";
string[] chosen = args[3..];
var mlContext = new MLContext(seed: 1);
var (table, features) = CsvTable.Load(mlContext, path: args[0], target: args[1], isNumber);
var split = mlContext.Data.TrainTestSplit(table, testFraction: 0.2, seed: 1);
if (isNumber)
    CompareNumbers();
else
    CompareClasses();

void CompareClasses()
{
    var trainers = mlContext.MulticlassClassification.Trainers;
    var keyed = features.Append(mlContext.Transforms.Conversion.MapValueToKey("Label"));
    Console.WriteLine("accuracy");
    Show("ModularNetwork", () => Accuracy(trainers.ModularNetwork(modules: 8)));
    Show("LightGbm", () => Accuracy(trainers.LightGbm(new LightGbmMulticlassTrainer.Options { NumberOfThreads = 1 })));
    Show("FastTree", () => Accuracy(trainers.OneVersusAll(mlContext.BinaryClassification.Trainers.FastTree(new FastTreeBinaryTrainer.Options { NumberOfThreads = 1 }))));
    Show("Sdca", () => Accuracy(trainers.SdcaMaximumEntropy(new SdcaMaximumEntropyMulticlassTrainer.Options { NumberOfThreads = 1 })));
    SaveAndLoad();

    double Accuracy(IEstimator<ITransformer> trainer) =>
        mlContext.MulticlassClassification.Evaluate(keyed.Append(trainer).Fit(split.TrainSet).Transform(split.TestSet)).MicroAccuracy;
}

void CompareNumbers()
{
    var trainers = mlContext.Regression.Trainers;
    Console.WriteLine("R2");
    Show("ModularNetwork", () => R2(trainers.ModularNetwork(modules: 8)));
    Show("LightGbm", () => R2(trainers.LightGbm(new LightGbmRegressionTrainer.Options { NumberOfThreads = 1 })));
    Show("FastTree", () => R2(trainers.FastTree(new FastTreeRegressionTrainer.Options { NumberOfThreads = 1 })));
    Show("Sdca", () => R2(trainers.Sdca(new SdcaRegressionTrainer.Options { NumberOfThreads = 1 })));

    double R2(IEstimator<ITransformer> trainer) =>
        mlContext.Regression.Evaluate(features.Append(trainer).Fit(split.TrainSet).Transform(split.TestSet)).RSquared;
}

void SaveAndLoad()
{
    var pipeline = features
        .Append(mlContext.Transforms.Conversion.MapValueToKey("Label"))
        .Append(mlContext.MulticlassClassification.Trainers.ModularNetwork(modules: 8))
        .Append(mlContext.Transforms.Conversion.MapKeyToValue("Answer", "PredictedLabel"));
    using var model = pipeline.Fit(split.TrainSet);
    mlContext.Model.Save(model, split.TrainSet.Schema, "model.zip");

    using var loaded = (IDisposable)mlContext.Model.Load("model.zip", out _);
    var answers = ((ITransformer)loaded).Transform(split.TestSet);
    foreach (var answer in mlContext.Data.CreateEnumerable<Decision>(answers, reuseRowObject: false).Take(5))
        Console.WriteLine($"{answer.Answer} by module {answer.Module[0]}");
}

// A trainer whose native library does not load is left out.
void Show(string name, Func<double> measure)
{
    if (chosen.Length > 0 && !chosen.Contains(name))
        return;
    try
    {
        Console.WriteLine(FormattableString.Invariant($"{name,-16} {measure():F3}"));
    }
    catch (DllNotFoundException exception)
    {
        Console.WriteLine($"{name,-16} does not run here: {exception.Message.Split('\n')[0]}");
    }
}

internal sealed class Decision
{
    public string Answer { get; set; } = "";

    public long[] Module { get; set; } = [];
}
