namespace ModularNetworks.Experiments;

/// <summary>Whether the first line of a table holds the names of its columns.</summary>
public enum TableHeaders
{
    /// <summary>The first rows show it.</summary>
    Auto,

    /// <summary>It does.</summary>
    Yes,

    /// <summary>It does not.</summary>
    No,
}
