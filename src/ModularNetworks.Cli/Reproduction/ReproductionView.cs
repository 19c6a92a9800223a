using ModularNetworks.Experiments;
using Spectre.Console;

namespace ModularNetworks.Cli.Reproduction;

/// <summary>How a reproduction is shown: as a board on a terminal, and in plain lines elsewhere.</summary>
/// <typeparam name="TSeries">What the runs' series are.</typeparam>
/// <typeparam name="TResult">What a run comes to.</typeparam>
/// <param name="Heading">What the series are called, such as <c>row</c>.</param>
/// <param name="Columns">The board's columns between the step and the time left.</param>
/// <param name="Describe">What the line of a finished run says of its result.</param>
internal sealed record ReproductionView<TSeries, TResult>(
    string Heading, IReadOnlyList<BoardColumn<TSeries, TResult>> Columns, Func<SeedRun<TSeries>, TResult, string> Describe)
    where TSeries : ISeries
    where TResult : class, IRunResult
{
    /// <summary>Runs some work and shows how it goes on.</summary>
    /// <param name="context">Where the output goes.</param>
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
