namespace ModularNetworks.Data;

/// <summary>The kind of a table's target.</summary>
public enum TargetKind
{
    /// <summary>A number if most cells are numbers, and more than two different ones; classes otherwise.</summary>
    Auto,

    /// <summary>Classes: classification.</summary>
    Classes,

    /// <summary>A number: regression.</summary>
    Number,
}
