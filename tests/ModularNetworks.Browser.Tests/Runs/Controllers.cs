namespace ModularNetworks.Browser.Tests;

/// <summary>Made-up controllers: undecided before training, sure of a module at its end.</summary>
internal static class Controllers
{
    /// <summary>A layer of a snapshot.</summary>
    /// <param name="name">The layer's name.</param>
    /// <param name="modules">M.</param>
    /// <param name="picks">K.</param>
    /// <param name="rows">How many datapoints are shown.</param>
    /// <param name="sure">From 0, undecided, to 1.</param>
    public static object Layer(string name, int modules, int picks, int rows, double sure) => new
    {
        name,
        modules,
        picks,
        probabilities = Each(rows, row => Each(picks, k => Distribution(modules, ((7 * row) + k) % modules, sure))),
    };

    /// <summary>How a group goes through the layers.</summary>
    /// <param name="group">Its name.</param>
    /// <param name="count">The number of its datapoints.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="picks">K.</param>
    /// <param name="module">The module that a datapoint picks in a column.</param>
    public static object Flow(string group, int count, int columns, int picks, Func<int, int, int, int> module)
    {
        int[][][] choices = Each(count, point => Each(columns, column => Each(picks, k => module(point, column, k))));
        return new
        {
            group,
            count,
            nodes = Each(columns, column => Counted(choices.SelectMany(path => path[column]), node => [node])),
            edges = Each(columns - 1, column => Counted(
                choices.SelectMany(path => path[column].SelectMany(from => path[column + 1].Select(to => (from, to)))),
                edge => [edge.from, edge.to])),
        };
    }

    /// <summary>The measures of a layer.</summary>
    public static LayerMeasures Measures(string name, int modules, double sure) => new(
        name,
        modules,
        (1 - sure) * Math.Log(modules),
        0.9 * Math.Log(modules),
        (sure - 0.1) * Math.Log(modules),
        Math.Pow(modules, 0.9),
        [],
        1.5,
        Each(modules, module => (module + 1) / (0.5 * modules * (modules + 1))));

    public static T[] Each<T>(int count, Func<int, T> item) => [.. Enumerable.Range(0, count).Select(item)];

    private static double[] Distribution(int modules, int favourite, double sure) => Each(
        modules, module => Math.Round(((1 - sure) / modules) + (module == favourite ? sure : 0), 3));

    private static int[][] Counted<T>(IEnumerable<T> items, Func<T, int[]> key)
        where T : notnull => [.. items.CountBy(item => item).Select(counted => (int[])[.. key(counted.Key), counted.Value])];
}
