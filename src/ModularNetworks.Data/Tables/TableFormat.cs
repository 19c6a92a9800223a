namespace ModularNetworks.Data;

/// <summary>The layout of a table.</summary>
/// <param name="HasHeader">Whether the first line holds the names of the columns.</param>
/// <param name="LabelColumn">
/// The column with the label: a name in the header or, if none is called so, a number from 1. Null for the last column.
/// </param>
/// <param name="Dialect">Delimiter and decimal sign; null if the first rows are to show them.</param>
public sealed record TableFormat(bool HasHeader = false, string? LabelColumn = null, TableDialect? Dialect = null);
