namespace ModularNetworks.Data;

/// <summary>The layout of a table with commas between its columns.</summary>
/// <param name="HasHeader">Whether the first line holds the names of the columns.</param>
/// <param name="LabelColumn">
/// The column with the label: a name in the header or, if none is called so, a number from 1. Null for the last column.
/// </param>
public sealed record TableFormat(bool HasHeader = false, string? LabelColumn = null);
