using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using ModularNetworks.Experiments;
using Spectre.Console;

namespace ModularNetworks.Cli.Reproduction;

/// <summary>Shows on a terminal how the runs of a table go on: a line for each row, with its latest run.</summary>
internal sealed class Table1Board : ITable1Observer
{
    // Often enough to look alive, seldom enough to cost nothing.
    private static readonly TimeSpan UpdateEvery = TimeSpan.FromMilliseconds(250);

    private readonly Lock _gate = new();
    private readonly Table _table;
    private readonly Action _refresh;
    private readonly Table1Row[] _rows;

    /// <summary>Makes an empty board.</summary>
    /// <param name="table">Receives the columns and a line for each row.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="refresh">Shows the table anew.</param>
    public Table1Board(Table table, IEnumerable<Table1Row> rows, Action refresh)
    {
        _table = table.Border(TableBorder.Simple);
        _refresh = refresh;
        _rows = [.. rows];
        table.AddColumn("row");
        foreach (var column in Enum.GetValues<Column>())
            table.AddColumn(new TableColumn(Titles[(int)column - 1]).RightAligned());
        foreach (var row in _rows)
            table.AddRow(row.Title, "", "", "", "", "", Number(row.Paper), "");
    }

    // In the order of the columns, after the row's name.
    private enum Column
    {
        Seed = 1,
        Step,
        Train,
        Valid,
        Test,
        Paper,
        Left,
    }

    private static string[] Titles => ["seed", "step", "train", "valid", "test", "paper", "time left"];

    /// <summary>Runs some work with a board, or with plain lines where the output is not a terminal.</summary>
    public static TResult Show<TResult>(CliContext context, IEnumerable<Table1Row> rows, Func<ITable1Observer, TResult> work)
    {
        if (!context.Console.Profile.Out.IsTerminal)
            return work(new Table1Lines(context));
        var table = new Table();
        return context.Console.Live(table).Start(live => work(new Table1Board(table, rows, live.Refresh)));
    }

    /// <inheritdoc/>
    public IRunObserver Started(Table1Run run, long step)
    {
        Set(run, (Column.Step, $"{step}"), (Column.Train, ""), (Column.Valid, ""), (Column.Test, ""), (Column.Left, ""));
        return new Latest(this, run, step);
    }

    /// <inheritdoc/>
    public void Finished(Table1Run run, RunResult result, bool before) => Set(
        run,
        (Column.Step, $"{result.Steps}"),
        (Column.Train, Number(result.Train)),
        (Column.Valid, Number(result.Valid)),
        (Column.Test, Number(result.Test)),
        (Column.Left, "finished"));

    /// <inheritdoc/>
    public void Stopped(Table1Run run, long step) => Set(run, (Column.Step, $"{step}"), (Column.Left, "stopped"));

    /// <inheritdoc/>
    public void Failed(Table1Run run, string reason) => Set(run, (Column.Left, "failed"));

    private void Set(Table1Run run, params (Column Column, string Text)[] cells)
    {
        lock (_gate)
        {
            int line = Array.IndexOf(_rows, run.Row);
            foreach (var (column, text) in (IEnumerable<(Column, string)>)[(Column.Seed, $"{run.Seed}"), .. cells])
                _table.UpdateCell(line, (int)column, new Text(text));
            _refresh();
        }
    }

    private static string Number(double value) => value.ToString("F1", CultureInfo.InvariantCulture);

    /// <summary>Shows a run as its row's latest.</summary>
    private sealed class Latest(Table1Board board, Table1Run run, long first) : IRunObserver
    {
        private readonly Stopwatch _clock = Stopwatch.StartNew();
        private TimeSpan _updated;

        /// <inheritdoc/>
        public void Progress(long step, long total)
        {
            if (_clock.Elapsed - _updated < UpdateEvery)
                return;
            _updated = _clock.Elapsed;
            var left = _clock.Elapsed * ((total - step) / (double)(step - first));
            board.Set(run, (Column.Step, $"{step} of {total}"), (Column.Left, left.ToString(@"h\:mm\:ss", CultureInfo.InvariantCulture)));
        }

        /// <inheritdoc/>
        public void Logged(JsonObject line)
        {
            board.Set(run, (Column.Train, Number(Math.Exp(-line["train"]!["logLikelihood"]!.GetValue<double>()))));
            if (line["valid"]?["perplexity"] is { } valid)
                board.Set(run, (Column.Valid, Number(valid.GetValue<double>())));
            if (line["test"]?["perplexity"] is { } test)
                board.Set(run, (Column.Test, Number(test.GetValue<double>())));
        }
    }
}
