using Microsoft.ML;
using Microsoft.ML.Data;

namespace ModularNetworks.ML;

/// <summary>
/// The shape of the data with predictions. Shapes can only be made by estimators of ML.NET, so that some are asked that make such columns; they are
/// never run.
/// </summary>
internal static class OutputShape
{
    /// <summary>Adds the columns of a classifier.</summary>
    public static SchemaShape OfClasses(SchemaShape input, string labelColumn)
    {
        var context = new MLContext();
        var shape = context.Transforms.CopyColumns(ScoreColumns.PredictedLabel, labelColumn).GetOutputSchema(input);
        var definition = SchemaDefinition.Create(typeof(ClassColumns));
        definition[ScoreColumns.Score].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 1);
        return Add(context, shape, Modules(definition), (Nothing _, ClassColumns _) => { });
    }

    /// <summary>Adds the columns of a regressor.</summary>
    public static SchemaShape OfNumbers(SchemaShape input) =>
        Add(new MLContext(), input, Modules(SchemaDefinition.Create(typeof(NumberColumns))), (Nothing _, NumberColumns _) => { });

    private static SchemaShape Add<TColumns>(MLContext context, SchemaShape input, SchemaDefinition definition, Action<Nothing, TColumns> mapping)
        where TColumns : class, new() =>
        context.Transforms.CustomMapping(mapping, contractName: null, outputSchemaDefinition: definition).GetOutputSchema(input);

    // Shapes know that a vector's size is known, not what it is.
    private static SchemaDefinition Modules(SchemaDefinition definition)
    {
        definition[ScoreColumns.Module].ColumnType = new VectorDataViewType(NumberDataViewType.Int64, 1);
        return definition;
    }

    private sealed class Nothing;

    private sealed class ClassColumns
    {
        public VBuffer<float> Score { get; set; }

        public VBuffer<long> Module { get; set; }
    }

    private sealed class NumberColumns
    {
        public float Score { get; set; }

        public VBuffer<long> Module { get; set; }
    }
}
