namespace ModularNetworks.Engine;

/// <summary>Numbers of elements of the last axis, which operations pick or write.</summary>
internal static class LastColumns
{
    /// <summary>Refuses numbers that do not exist.</summary>
    /// <param name="operation">The operation's name.</param>
    /// <param name="columns">The numbers.</param>
    /// <param name="size">The size of the last axis.</param>
    /// <exception cref="ShapeException">A column does not exist.</exception>
    public static void Check(string operation, IndexTensor columns, int size)
    {
        foreach (int column in columns.Values)
        {
            if ((uint)column >= (uint)size)
                throw new ShapeException($"{operation}: column {column} is wanted; the last axis has columns 0 to {size - 1}.");
        }
    }
}
