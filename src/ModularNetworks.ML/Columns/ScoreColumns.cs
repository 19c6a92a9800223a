namespace ModularNetworks.ML;

/// <summary>The names of the columns that are added, and of those in between, which are dropped again.</summary>
internal static class ScoreColumns
{
    /// <summary>The predicted class, a key.</summary>
    public const string PredictedLabel = "PredictedLabel";

    /// <summary>The probabilities of the classes, or the predicted number.</summary>
    public const string Score = "Score";

    /// <summary>The numbers of the modules that decided.</summary>
    public const string Module = "Module";

    // No column of anybody's data has these names.

    /// <summary>What the ONNX model takes.</summary>
    public const string Input = "ModularNetworks.ML.Input";

    /// <summary>What the ONNX model answers.</summary>
    public const string Output = "ModularNetworks.ML.Output";

    /// <summary>The modules that the ONNX model selects.</summary>
    public const string Selected = "ModularNetworks.ML.Selected";

    /// <summary>The number of the most probable class.</summary>
    public const string Class = "ModularNetworks.ML.Class";
}
