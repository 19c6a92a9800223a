namespace ModularNetworks.Data;

/// <summary>The kind of targets of <see cref="MlpRules"/>.</summary>
public enum RuleTarget
{
    /// <summary>A number.</summary>
    Regression,

    /// <summary>The sign of that number, one of two classes.</summary>
    Classification,
}
