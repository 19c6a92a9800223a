using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace ModularNetworks.ML;

/// <summary>A vector of one number.</summary>
internal sealed class OneNumber
{
    /// <summary><c>[1]</c>.</summary>
    [ColumnName(ScoreColumns.Output)]
    public VBuffer<float> Values { get; set; }
}

/// <summary>A number.</summary>
internal sealed class PredictedNumber
{
    /// <summary>The number.</summary>
    [ColumnName(ScoreColumns.Score)]
    public float Value { get; set; }
}

/// <summary>Makes a vector of one number this number. ML.NET finds this mapping by its contract when it loads a model.</summary>
[CustomMappingFactoryAttribute(Contract)]
internal sealed class NumberOfVector : CustomMappingFactory<OneNumber, PredictedNumber>
{
    /// <summary>The name in saved models.</summary>
    public const string Contract = "ModularNetworks.ML.NumberOfVector";

    /// <inheritdoc/>
    public override Action<OneNumber, PredictedNumber> GetMapping() => Map;

    /// <summary>Takes the number.</summary>
    public static void Map(OneNumber vector, PredictedNumber found) => found.Value = vector.Values.GetItemOrDefault(0);
}
