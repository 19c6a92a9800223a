namespace ModularNetworks.ML;

/// <summary>What a label is.</summary>
internal enum LabelKind
{
    /// <summary>A class: a key.</summary>
    Class,

    /// <summary>A number.</summary>
    Number,
}
