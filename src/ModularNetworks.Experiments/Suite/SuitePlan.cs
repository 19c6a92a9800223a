namespace ModularNetworks.Experiments;

/// <summary>The runs of a suite that are asked for, and their options.</summary>
public sealed class SuitePlan
{
    /// <summary>The seed of all trials. Final runs have the seeds 1, 2 and so on.</summary>
    public const ulong TuningSeed = 0;

    private readonly SuiteCatalogue _catalogue;
    private readonly SuiteScope _scope;
    private readonly NetworkCounts _counts;
    private readonly Dictionary<SuiteSeries, RunOptions> _options = [];

    /// <summary>Plans a suite; reads the data of the tasks, to count the operations of their networks.</summary>
    /// <param name="catalogue">The tasks and methods.</param>
    /// <param name="scope">Which of them are trained, and how often.</param>
    /// <param name="experiments">Makes the networks.</param>
    /// <exception cref="RunException">A number is out of range, or the operations of a network cannot be counted.</exception>
    public SuitePlan(SuiteCatalogue catalogue, SuiteScope scope, ExperimentCatalogue experiments)
        : this(catalogue, scope, experiments, new NetworkCounts(experiments))
    {
    }

    /// <summary>Plans a suite whose networks may have been counted before.</summary>
    internal SuitePlan(SuiteCatalogue catalogue, SuiteScope scope, ExperimentCatalogue experiments, NetworkCounts counts)
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(experiments);
        (_catalogue, _scope, Experiments, _counts) = (catalogue, scope, experiments, counts);
        scope.Validate();
        foreach (var series in Rows().Where(series => !_options.ContainsKey(series)))
            _options[series] = BaseOptions(series);
        Runs = [.. Rows().SelectMany(RunsOf)];
    }

    /// <summary>Makes the networks.</summary>
    public ExperimentCatalogue Experiments { get; }

    /// <summary>The runs that are asked for, in the order in which they are started: task by task, trials before the final runs.</summary>
    public IReadOnlyList<SeedRun<SuiteSeries>> Runs { get; }

    /// <summary>All series that there may be, asked for or not, in the order of the report.</summary>
    public IReadOnlyList<SuiteSeries> AllSeries =>
        [.. _catalogue.Tasks.SelectMany(task => _catalogue.Methods.SelectMany(method => TablesOf(method).SelectMany(table => SeriesOf(task, method, table))))];

    /// <summary>
    /// The same runs in rounds: the trials of all rows, then the first seed of all rows, and so on, so that a whole result is there early.
    /// </summary>
    public IReadOnlyList<SeedRun<SuiteSeries>> RunsInRounds => [.. Rows().SelectMany(TrialsOf), .. SeedRun.Of(Rows(), _scope.Seeds)];

    /// <summary>The part of the suite that is trained.</summary>
    internal SuiteScope Scope => _scope;

    /// <summary>Whether runs of a series are asked for.</summary>
    public bool Includes(SuiteSeries series) => _options.ContainsKey(RowOf(series));

    /// <summary>The number of gradient steps of the runs of a series that is asked for.</summary>
    public long StepsOf(SuiteSeries series) => _options[RowOf(series)].Steps;

    /// <summary>The rows that a report may have, asked for or not: the table, and the series whose runs make the row.</summary>
    /// <remarks>The runs of EM's variants stand in both tables.</remarks>
    internal IEnumerable<(SuiteTable Table, SuiteSeries Series)> AllRows() =>
        from task in _catalogue.Tasks
        from table in Enum.GetValues<SuiteTable>()
        from method in _catalogue.Methods
        select (table, new SuiteSeries(task, method, method.IsEm ? SuiteTable.Prediction : table, Trial: null));

    /// <summary>The final runs of a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="seeds">The number of seeds; null for all that are asked for.</param>
    internal IEnumerable<SeedRun<SuiteSeries>> FinalRunsOf(SuiteSeries row, int? seeds = null) =>
        Enumerable.Range(1, seeds ?? _scope.Seeds).Select(seed => new SeedRun<SuiteSeries>(row, (ulong)seed));

    /// <summary>The trials that choose the setting of a series' final runs; none if there is nothing to choose.</summary>
    public IReadOnlyList<SeedRun<SuiteSeries>> TrialsOf(SuiteSeries series) => _scope.Trials == 1
        ? []
        : [.. Enumerable.Range(0, _scope.Trials).Select(trial => new SeedRun<SuiteSeries>(series with { Trial = trial }, TuningSeed))];

    /// <summary>The options of a run.</summary>
    /// <param name="run">A run of a series that is asked for.</param>
    /// <param name="setting">The number of its setting.</param>
    public RunOptions OptionsOf(SeedRun<SuiteSeries> run, int setting)
    {
        ArgumentNullException.ThrowIfNull(run);
        var options = run.Series.Task.Settings[setting].Apply(_options[RowOf(run.Series)]) with { Seed = run.Seed, Threads = _scope.Threads };
        long every = Math.Max(1, options.Steps / _scope.MeasurementsOfRun);
        return options with { Intervals = ReproductionIntervals.Of(options) with { EvaluateEvery = every } };
    }

    private static SuiteSeries RowOf(SuiteSeries series) => series with { Trial = null };

    private static IEnumerable<SuiteTable> TablesOf(SuiteMethod method) =>
        method.IsEm || !method.IsTrainedLonger ? [SuiteTable.Prediction] : [SuiteTable.Prediction, SuiteTable.Training];

    private static IEnumerable<SuiteSeries> SeriesOf(SuiteTask task, SuiteMethod method, SuiteTable table) =>
        [new(task, method, table, Trial: null), .. task.Settings.Select((_, trial) => new SuiteSeries(task, method, table, trial))];

    /// <summary>The rows that are asked for: of each task, first those at equal operations of a prediction.</summary>
    internal IEnumerable<SuiteSeries> Rows() =>
        from task in _scope.Tasks
        from table in Enum.GetValues<SuiteTable>()
        from method in _scope.Methods
        where method.AppliesTo(task) && TablesOf(method).Contains(table)
        where table == SuiteTable.Prediction || _catalogue.ReferenceOf(task) is not null
        select new SuiteSeries(task, method, table, Trial: null);

    private IEnumerable<SeedRun<SuiteSeries>> RunsOf(SuiteSeries row) =>
        [.. TrialsOf(row), .. FinalRunsOf(row)];

    private RunOptions BaseOptions(SuiteSeries row)
    {
        var options = OptionsOf(row.Task, row.Method);
        if (row.Table == SuiteTable.Prediction || _catalogue.ReferenceOf(row.Task) is not { } reference)
            return options;
        double factor = _counts.Of(OptionsOf(row.Task, reference)).Training / _counts.Of(options).Training;
        return options with
        {
            Steps = (long)Math.Ceiling(options.Steps * factor),
            Optimizer = options.Optimizer with { LearningRateHalfLife = options.Optimizer.LearningRateHalfLife * factor },
        };
    }

    private RunOptions OptionsOf(SuiteTask task, SuiteMethod method)
    {
        var options = method.Options(task.Options);
        return method.Widening is { } widening
            ? _counts.Widen(options, widening(task.Options) * ModularOperations(task))
            : options;
    }

    /// <summary>The multiply-adds of a prediction of the modular network, with the controllers of the best EM.</summary>
    private long ModularOperations(SuiteTask task) =>
        _counts.Prediction(_catalogue.ReferenceOf(task)?.Options(task.Options) ?? task.Options);
}
