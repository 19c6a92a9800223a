namespace ModularNetworks.Tests;

internal static class Permutations
{
    /// <summary>All ways to give each row a column of its own.</summary>
    public static IEnumerable<int[]> Of(int rows, int columns) => rows == 0
        ? [[]]
        : Of(rows - 1, columns).SelectMany(chosen => Enumerable.Range(0, columns).Except(chosen).Select(column => (int[])[.. chosen, column]));
}
