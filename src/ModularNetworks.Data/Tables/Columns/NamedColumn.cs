namespace ModularNetworks.Data;

/// <summary>Finds a column of the training by its name in another table.</summary>
internal static class NamedColumn
{
    /// <summary>The place of the only column of a name.</summary>
    /// <param name="source">The name of the table in messages.</param>
    /// <param name="columns">The names of its columns.</param>
    /// <param name="name">The name.</param>
    /// <param name="wayOn">A sentence that says what to do.</param>
    /// <exception cref="DataException">No column or several are called so.</exception>
    public static int PlaceOf(string source, IEnumerable<string> columns, string name, string wayOn)
    {
        int[] named = [.. columns.Index().Where(column => column.Item == name).Select(column => column.Index)];
        return named is [var place]
            ? place
            : throw new DataException(
                $"{source}: {(named.Length == 0 ? "no column is" : $"{named.Length} columns are")} called '{ShownText.Of(name)}'; one is expected, as in the training. "
                + wayOn);
    }
}
