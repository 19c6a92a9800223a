using System.Text.Json.Serialization;
using ModularNetworks.Data;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>The preprocessing of tables: how the columns of inputs become numbers, what is predicted, and the clusters that the vectors lie in.</summary>
/// <param name="Columns">The columns of inputs.</param>
/// <param name="Target">The column that is predicted.</param>
/// <param name="Centres">The centres of the clusters, <c>[clusters, features]</c>; null if there are none, or an earlier version did not keep them.</param>
[CompiledJson(typeof(TablePreprocessingTypes))]
internal sealed record TablePreprocessing(IReadOnlyList<TableColumn> Columns, TableTarget Target, IReadOnlyList<IReadOnlyList<float>>? Centres = null)
    : Preprocessing(KindOfData)
{
    /// <summary>The kind of data.</summary>
    public const string KindOfData = "table";

    /// <summary>The preprocessing that an encoding does, with the clusters of its vectors if there are any.</summary>
    public static TablePreprocessing Of(TableEncoding encoding, Clusters? clusters)
    {
        int features = encoding.Features();
        return new(encoding.Columns, encoding.Target, clusters is null ? null : [.. clusters.Centres.Values.ToArray().Chunk(features)]);
    }

    /// <summary>Reads the encoding of a run's table, and the clusters.</summary>
    /// <returns>Null if <c>preprocessing.json</c> is not there.</returns>
    /// <exception cref="RunException"><c>preprocessing.json</c> is damaged or was changed.</exception>
    public static (TableEncoding Encoding, Clusters? Clusters)? Read(RunFolder folder)
    {
        try
        {
            if (TrainingData.ReadPreprocessing<TablePreprocessing>(folder, KindOfData) is not { } read)
                return null;
            var encoding = new TableEncoding { Columns = read.Columns, Target = read.Target };
            encoding.Validate();
            return (encoding, read.ToClusters(encoding.Features()));
        }
        catch (FormatException exception)
        {
            throw PreprocessingFile.Damaged(folder, exception);
        }
    }

    /// <summary>Fits the encoding and the clusters again, as the training did.</summary>
    /// <param name="run">The run's folder, which keeps neither.</param>
    /// <param name="options">The run's options.</param>
    /// <param name="data">The table of the training, if it is not where it was then.</param>
    /// <exception cref="RunException">The table is not there, or is another.</exception>
    /// <exception cref="DataException">The table is damaged.</exception>
    public static (TableEncoding Encoding, Clusters? Clusters) FitAgain(RunFolder run, TableOptions options, string? data)
    {
        using var workers = new WorkerPool(options.Threads);
        var experiment = (TableExperiment)TableExperiment.Kind.Create(
            options with { Data = TrainingData.PathFor(run, data ?? options.Data) }, SimdKernels.Create(workers));
        TrainingData.Require(run, experiment.DataFingerprint);
        return (experiment.TableEncoding!, experiment.Clusters);
    }

    private Clusters? ToClusters(int features)
    {
        if (Centres is null)
            return null;
        if (Centres.Count == 0 || Centres.Any(centre => centre is null || centre.Count != features || !centre.All(float.IsFinite)))
            throw new FormatException($"its centres are no lists of {Counted.Of(features, "number")}.");
        return new Clusters(Tensor.From(new Shape(Centres.Count, features), [.. Centres.SelectMany(centre => centre)]));
    }
}

/// <summary>The records of this file, whose JSON the compiler writes code for.</summary>
[JsonSerializable(typeof(TablePreprocessing))]
internal sealed partial class TablePreprocessingTypes : JsonSerializerContext;
