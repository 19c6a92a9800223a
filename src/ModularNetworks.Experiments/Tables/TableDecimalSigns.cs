namespace ModularNetworks.Experiments;

/// <summary>The decimal sign of a table's numbers.</summary>
public enum TableDecimalSigns
{
    /// <summary>The first rows show it.</summary>
    Auto,

    /// <summary>A point.</summary>
    Point,

    /// <summary>A comma.</summary>
    Comma,
}
