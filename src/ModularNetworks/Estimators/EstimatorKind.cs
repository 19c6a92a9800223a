namespace ModularNetworks;

/// <summary>The kinds of estimators that save files.</summary>
public enum EstimatorKind
{
    /// <summary>A <see cref="ModularClassifier"/>.</summary>
    Classifier,

    /// <summary>A <see cref="ModularRegressor"/>.</summary>
    Regressor,

    /// <summary>A <see cref="ModularLanguageModel"/>.</summary>
    LanguageModel,
}
