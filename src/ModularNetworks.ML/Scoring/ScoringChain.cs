using Microsoft.ML;
using Microsoft.ML.Data;

namespace ModularNetworks.ML;

/// <summary>Transformers of ML.NET that run a network as an ONNX model and give its answers their names and types.</summary>
internal sealed class ScoringChain : IDisposable
{
    private readonly OnnxFile _file;

    private ScoringChain(OnnxFile file, ITransformer chain) => (_file, Chain) = (file, chain);

    /// <summary>The transformers.</summary>
    public ITransformer Chain { get; }

    /// <summary>Makes the chain of a classifier.</summary>
    /// <param name="onnx">The file of the classifier.</param>
    /// <param name="data">Data with the columns that there will be; they are not read.</param>
    /// <param name="featureColumn">The column of the features.</param>
    /// <param name="label">The column of labels, whose type and key values the predicted ones get.</param>
    public static ScoringChain OfClasses(byte[] onnx, IDataView data, string featureColumn, DataViewSchema.Column label)
    {
        var context = new MLContext();
        var keys = ClassKeys.Of(context, label);
        var transforms = context.Transforms;
        return Fit(context, onnx, data, featureColumn, run => run
            .Append(transforms.Expression(ScoreColumns.Score, "x => x", ScoreColumns.Output))
            .Append(transforms.CustomMapping<Probabilities, ClassNumber>(MostProbableClass.Map, MostProbableClass.Contract))
            .Append(transforms.Conversion.MapValue(
                ScoreColumns.PredictedLabel, keys, keys.Schema[nameof(ClassKey.Number)], keys.Schema[nameof(ClassKey.Key)], ScoreColumns.Class))
            .Append(transforms.DropColumns(ScoreColumns.Input, ScoreColumns.Output, ScoreColumns.Selected, ScoreColumns.Class)));
    }

    /// <summary>Makes the chain of a regressor.</summary>
    /// <param name="onnx">The file of the regressor.</param>
    /// <param name="data">Data with the columns that there will be; they are not read.</param>
    /// <param name="featureColumn">The column of the features.</param>
    public static ScoringChain OfNumbers(byte[] onnx, IDataView data, string featureColumn)
    {
        var context = new MLContext();
        var transforms = context.Transforms;
        return Fit(context, onnx, data, featureColumn, run => run
            .Append(transforms.CustomMapping<OneNumber, PredictedNumber>(NumberOfVector.Map, NumberOfVector.Contract))
            .Append(transforms.DropColumns(ScoreColumns.Input, ScoreColumns.Output, ScoreColumns.Selected)));
    }

    /// <summary>Saves the transformers.</summary>
    public void Save(ModelSaveContext save) => _file.During(() => Chain.Save(save));

    /// <inheritdoc/>
    public void Dispose() => (Chain as IDisposable)?.Dispose();

    private static ScoringChain Fit<TLast>(
        MLContext context, byte[] onnx, IDataView data, string featureColumn, Func<IEstimator<ITransformer>, EstimatorChain<TLast>> append)
        where TLast : class, ITransformer
    {
        var file = new OnnxFile(OnnxColumns.Rename(onnx));
        ITransformer? chain = null;
        var transforms = context.Transforms;
        file.During(() =>
        {
            var run = transforms.CopyColumns(ScoreColumns.Input, featureColumn)
                .Append(transforms.ApplyOnnxModel([ScoreColumns.Output, ScoreColumns.Selected], [ScoreColumns.Input], file.Path))
                // The model answers a batch of one row; this makes [batch, K] [K].
                .Append(transforms.Expression(ScoreColumns.Module, "x => x", ScoreColumns.Selected));
            chain = append(run).Fit(data);
        });
        return new ScoringChain(file, chain!);
    }
}
