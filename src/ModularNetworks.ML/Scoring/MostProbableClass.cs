using System.Numerics.Tensors;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace ModularNetworks.ML;

/// <summary>The probabilities of the classes.</summary>
internal sealed class Probabilities
{
    /// <summary><c>[classes]</c>.</summary>
    [ColumnName(ScoreColumns.Score)]
    public VBuffer<float> Values { get; set; }
}

/// <summary>A class.</summary>
internal sealed class ClassNumber
{
    /// <summary>Its number, from 0; -1 if there is none.</summary>
    [ColumnName(ScoreColumns.Class)]
    public long Number { get; set; }
}

/// <summary>Finds the most probable class. ML.NET finds this mapping by its contract when it loads a model.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class MostProbableClass : CustomMappingFactory<Probabilities, ClassNumber>
{
    /// <summary>The name in saved models.</summary>
    public const string Contract = "ModularNetworks.ML.MostProbableClass";

    /// <inheritdoc/>
    public override Action<Probabilities, ClassNumber> GetMapping() => Map;

    /// <summary>Finds the class. If a feature is no number, neither are the probabilities, and there is none.</summary>
    public static void Map(Probabilities probabilities, ClassNumber found)
    {
        ReadOnlySpan<float> values = [.. probabilities.Values.DenseValues()];
        int most = TensorPrimitives.IndexOfMax(values);
        found.Number = float.IsNaN(values[most]) ? -1 : most;
    }
}
