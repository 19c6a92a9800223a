namespace ModularNetworks.Experiments;

/// <summary>What stands between the columns of a table.</summary>
public enum TableDelimiters
{
    /// <summary>The first rows show it.</summary>
    Auto,

    /// <summary>Commas.</summary>
    Comma,

    /// <summary>Semicolons.</summary>
    Semicolon,

    /// <summary>Tabs.</summary>
    Tab,

    /// <summary>Bars.</summary>
    Bar,
}
