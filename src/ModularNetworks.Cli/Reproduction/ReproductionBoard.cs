using System.Diagnostics;
using ModularNetworks.Experiments;
using Spectre.Console;

namespace ModularNetworks.Cli.Reproduction;

/// <summary>
/// Shows on a terminal how the runs of a reproduction go on: a line for each series, or for several that share one, with the latest run.
/// </summary>
/// <typeparam name="TSeries">The type of the runs' series.</typeparam>
/// <typeparam name="TResult">The type of a run's result.</typeparam>
internal sealed class ReproductionBoard<TSeries, TResult> : IReproductionObserver<TSeries, TResult>
    where TSeries : ISeries
    where TResult : class, IRunResult
{
    // After the series' name come its latest run's seed and step, the view's columns, and the time left.
    private const int SeedColumn = 1;
    private const int StepColumn = 2;
    private const int FirstOfView = 3;

    // Often enough to look alive, seldom enough to cost nothing.
    private static readonly TimeSpan UpdateEvery = TimeSpan.FromMilliseconds(250);

    private readonly Lock _gate = new();
    private readonly Table _table;
    private readonly IReadOnlyList<BoardColumn<TSeries, TResult>> _columns;
    private readonly Action _refresh;
    private readonly Func<TSeries, string> _lineOf;
    private readonly string[] _lines;
    private readonly SeedRun<TSeries>?[] _latest;

    /// <summary>Makes a board without runs.</summary>
    /// <param name="table">Receives the columns and a line for each series.</param>
    /// <param name="view">The columns of the board.</param>
    /// <param name="series">The series.</param>
    /// <param name="refresh">Shows the table anew.</param>
    public ReproductionBoard(Table table, ReproductionView<TSeries, TResult> view, IEnumerable<TSeries> series, Action refresh)
    {
        _table = table.Border(TableBorder.Simple);
        _columns = view.Columns;
        _refresh = refresh;
        _lineOf = view.LineOf;
        var firsts = series.DistinctBy(_lineOf).ToList();
        _lines = [.. firsts.Select(_lineOf)];
        _latest = new SeedRun<TSeries>?[_lines.Length];
        table.AddColumn(new TableColumn(view.Heading).NoWrap());
        foreach (string title in (IEnumerable<string>)["seed", "step", .. _columns.Select(column => column.Title), "time left"])
            table.AddColumn(new TableColumn(title).RightAligned().NoWrap());
        foreach (var one in firsts)
            table.AddRow([_lineOf(one), "", "", .. _columns.Select(column => column.First(one)), ""]);
    }

    private int LeftColumn => FirstOfView + _columns.Count;

    /// <inheritdoc/>
    public IRunObserver Started(SeedRun<TSeries> run, long step)
    {
        ShowFromNowOn(run);
        var empty = _columns.Select((column, i) => (FirstOfView + i, (string?)column.First(run.Series)));
        Set(run, [(StepColumn, $"{step}"), .. empty, (LeftColumn, "")]);
        return new Latest(this, run, step);
    }

    /// <inheritdoc/>
    public void Finished(SeedRun<TSeries> run, TResult result, bool before)
    {
        if (before)
        {
            ShowFromNowOn(run);
            Set(run, [.. _columns.Select((column, i) => (FirstOfView + i, (string?)column.First(run.Series)))]);
        }
        var numbers = _columns.Select((column, i) => (FirstOfView + i, column.Finished(result)));
        Set(run, [(StepColumn, $"{result.Steps}"), .. numbers, (LeftColumn, "finished")]);
    }

    /// <inheritdoc/>
    public void Stopped(SeedRun<TSeries> run, long step) => Set(run, (StepColumn, $"{step}"), (LeftColumn, "stopped"));

    /// <inheritdoc/>
    public void Failed(SeedRun<TSeries> run, string reason) => Set(run, (LeftColumn, "failed"));

    private int LineOf(SeedRun<TSeries> run) => Array.IndexOf(_lines, _lineOf(run.Series));

    private void ShowFromNowOn(SeedRun<TSeries> run)
    {
        lock (_gate)
            _latest[LineOf(run)] = run;
    }

    /// <summary>Sets cells of a run's line, unless a later run of the line has started.</summary>
    private void Set(SeedRun<TSeries> run, params (int Column, string? Text)[] cells)
    {
        lock (_gate)
        {
            int line = LineOf(run);
            if (_latest[line] is { } latest && latest != run)
                return;
            _table.UpdateCell(line, SeedColumn, new Text($"{run.Seed}"));
            foreach (var (column, text) in cells.Where(cell => cell.Text is not null))
                _table.UpdateCell(line, column, new Text(text!));
            _refresh();
        }
    }

    /// <summary>Shows the latest run of a series in its row.</summary>
    private sealed class Latest(ReproductionBoard<TSeries, TResult> board, SeedRun<TSeries> run, long first) : IRunObserver
    {
        private readonly Stopwatch _clock = Stopwatch.StartNew();
        private TimeSpan _updated;

        /// <inheritdoc/>
        public void Progress(long step, long total)
        {
            if (_clock.Elapsed - _updated < UpdateEvery)
                return;
            _updated = _clock.Elapsed;
            double left = _clock.Elapsed.TotalSeconds * ((total - step) / (double)(step - first));
            board.Set(run, (StepColumn, $"{step}"), (board.LeftColumn, TimeText.Of(left)));
        }

        /// <inheritdoc/>
        public void Logged(MetricsLine line) =>
            board.Set(run, [.. board._columns.Select((column, i) => (FirstOfView + i, column.Logged(line)))]);
    }
}
