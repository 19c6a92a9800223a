namespace ModularNetworks.Data;

/// <summary>What is given of the layout of a table; its first rows show the rest.</summary>
/// <param name="Delimiter">What stands between columns: a comma, a semicolon, a tab or a bar; null if that is to be found.</param>
/// <param name="DecimalSign">The decimal sign of numbers, a point or a comma; null if that is to be found.</param>
/// <param name="HasHeader">Whether the first line holds the names of the columns; null if that is to be found.</param>
public sealed record TableLayout(char? Delimiter = null, char? DecimalSign = null, bool? HasHeader = null);
