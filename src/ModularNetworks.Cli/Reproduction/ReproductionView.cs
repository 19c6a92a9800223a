using ModularNetworks.Experiments;
using Spectre.Console;

namespace ModularNetworks.Cli.Reproduction;

/// <summary>The view of a reproduction: a board on a terminal, and plain lines elsewhere.</summary>
/// <typeparam name="TSeries">The type of the runs' series.</typeparam>
/// <typeparam name="TResult">The type of a run's result.</typeparam>
/// <param name="Heading">The name of a series, such as <c>row</c>.</param>
/// <param name="Columns">The board's columns between the step and the time left.</param>
/// <param name="Describe">The words about a run's result in the line of a finished run.</param>
internal sealed record ReproductionView<TSeries, TResult>(
    string Heading, IReadOnlyList<BoardColumn<TSeries, TResult>> Columns, Func<SeedRun<TSeries>, TResult, string> Describe)
    where TSeries : ISeries
    where TResult : class, IRunResult
{
    /// <summary>The line of the board that shows a series: its own, unless several share one.</summary>
    public Func<TSeries, string> LineOf { get; init; } = series => series.Title;

    /// <summary>Runs work and shows its progress.</summary>
    /// <param name="context">The context whose output is written to.</param>
    /// <param name="series">The series.</param>
    /// <param name="work">The work.</param>
    public TAnswer Show<TAnswer>(
        CliContext context, IEnumerable<TSeries> series, Func<IReproductionObserver<TSeries, TResult>, TAnswer> work)
    {
        if (!context.Console.Profile.Out.IsTerminal)
            return work(new ReproductionLines<TSeries, TResult>(context, Describe));
        var table = new Table();
        return context.Console.Live(table).Start(
            live => work(new ReproductionBoard<TSeries, TResult>(table, this, series, live.Refresh)));
    }
}
