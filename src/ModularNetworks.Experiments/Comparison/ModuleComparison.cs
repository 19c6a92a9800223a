namespace ModularNetworks.Experiments;

/// <summary>
/// Compares networks with and without modules on data of one's own: do modules pay there? A suite of one task, whose steps, trials and
/// seeds are planned so that all ends within a budget of time.
/// </summary>
/// <remarks>
/// The plan is kept in the folder, and what was decided is never decided again. A comparison that was stopped or killed is opened again with
/// the same question, goes on, and comes to the same results.
/// </remarks>
/// <example>
/// <code>
/// var options = new TableOptions { Data = "diamonds.csv", Target = "price" };
/// var comparison = ModuleComparison.Open("runs/compare", new ComparisonQuestion(options, BudgetMinutes: 10));
/// Console.WriteLine(comparison.Run()!.Answer.Sentence);
/// </code>
/// </example>
public sealed class ModuleComparison
{
    // Of the budget; the rest is for the measurement that runs when it ends, and for the report.
    private const double ShareTrained = 0.97;

    private readonly IDisk _disk;
    private readonly ComparisonQuestion _question;
    private ComparisonPlanner _planner;
    private readonly ComparisonClock _clock;
    private SuiteFolder _folder;

    private ModuleComparison(string path, ComparisonPlan plan, ComparisonQuestion question, IDisk disk, ComparisonPlanner planner, ComparisonClock clock)
    {
        (Plan, _question, _disk, _planner, _clock) = (plan, question, disk, planner, clock);
        _folder = new SuiteFolder(path, planner.Runs(plan));
        plan.RequireCosts(Rows, path);
        _folder.Require(_folder.Plan.RunsInRounds);
    }

    /// <summary>The plan. Its number of seeds may grow while time is left.</summary>
    public ComparisonPlan Plan { get; private set; }

    /// <summary>The absolute path of the folder.</summary>
    public string FullPath => _folder.FullPath;

    /// <summary>The rows, in the order in which they are trained.</summary>
    public IEnumerable<SuiteSeries> Rows => _folder.Plan.Rows();

    /// <summary>The minutes that it may take.</summary>
    public double BudgetMinutes => _question.BudgetMinutes;

    /// <summary>The seconds that the comparison has taken, over all its parts.</summary>
    public double Seconds => _clock.Seconds;

    /// <summary>Whether runs may still be trained, and time is left for them.</summary>
    public bool GoesOn => SecondsLeft > 0 && !(Plan.SeedsAreSettled && _folder.Plan.RunsInRounds.All(_folder.IsEnded));

    /// <summary>Reads the data; plans a new comparison, which measures how fast each method is, or reads the plan of one that goes on.</summary>
    /// <param name="folder">The folder: a new one, or that of the same comparison.</param>
    /// <param name="question">The question.</param>
    /// <param name="disk">Writes to the folder; null for the usual disk.</param>
    /// <param name="tell">Is told in lines of text what was found; null if nobody is.</param>
    /// <param name="stop">Asks for a stop.</param>
    /// <exception cref="ModularNetworks.Data.DataException">The data are missing or damaged.</exception>
    /// <exception cref="RunException">The question cannot be asked, the budget is too small, or the folder holds something else.</exception>
    /// <exception cref="OperationCanceledException">A stop was asked for.</exception>
    public static ModuleComparison Open(
        string folder, ComparisonQuestion question, IDisk? disk = null, Action<string>? tell = null, CancellationToken stop = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        ArgumentNullException.ThrowIfNull(question);
        disk ??= new Disk();
        // Each run takes one thread.
        question = question with { Options = question.Options with { Threads = 1 } };
        question.Validate();
        var known = ComparisonPlan.Read(folder);
        if (known is null)
            RequireNew(folder);
        // That data are read again does not count: an interruption costs no seed.
        var clock = new ComparisonClock(folder, question.Time);
        // All runs read the same data in the same way.
        question = question with { Experiments = new ExperimentCatalogue(question.Experiments.Kinds.Select(kind => kind.ReadingOnce())) };
        return known is null ? Begin(folder, question, disk, clock, tell, stop) : GoOn(folder, known, question, disk, clock, tell);
    }

    private static ModuleComparison Begin(
        string folder, ComparisonQuestion question, IDisk disk, ComparisonClock clock, Action<string>? tell, CancellationToken stop)
    {
        using var preparation = new ComparisonPreparation(question, clock, stop);
        var until = preparation.Stop;
        var limited = Until(question, until);
        var data = preparation.Do("reading the data", () => Look(limited, tell));
        var planner = new ComparisonPlanner(limited, data);
        var plan = preparation.Do("reading the data and measuring the speed", () => planner.Make(clock, tell, until));
        var opened = new ModuleComparison(folder, plan, question, disk, planner.For(question), clock);
        opened.Keep();
        clock.Stop();
        return opened;
    }

    private static ModuleComparison GoOn(
        string folder, ComparisonPlan plan, ComparisonQuestion question, IDisk disk, ComparisonClock clock, Action<string>? tell)
    {
        var planner = new ComparisonPlanner(question, Look(question, tell));
        planner.RequireSame(plan, folder);
        return new ModuleComparison(folder, plan, question, disk, planner, clock);
    }

    private static ComparedData Look(ComparisonQuestion question, Action<string>? tell)
    {
        var data = ComparedData.Look(question.Options, question.Experiments, question.Time);
        foreach (string note in data.Notes)
            tell?.Invoke(note);
        return data;
    }

    /// <summary>Trains the runs until all have ended, the budget is used up, or a stop is asked for, and writes the report.</summary>
    /// <param name="origin">The origin of the numbers, which the report tells; null for this library.</param>
    /// <param name="observer">Is told how the runs go on; null if nobody is.</param>
    /// <param name="stop">Asks for a stop.</param>
    /// <returns>The report; null if a stop was asked for.</returns>
    /// <exception cref="RunException">Another process trains in the folder, or it cannot be written to.</exception>
    public ComparisonReport? Run(
        Origin? origin = null, IReproductionObserver<SuiteSeries, SuiteResult>? observer = null, CancellationToken stop = default)
    {
        origin ??= new Origin(nameof(ModuleComparison), "compare", typeof(ModuleComparison).Assembly.GetName().Version!.ToString(3), Machine.This());
        observer ??= new NoObserver();
        if (GoesOn)
        {
            _clock.Start();
            using var end = new CancellationTokenSource(TimeSpan.FromSeconds(SecondsLeft), _question.Time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, end.Token);
            EndReading(either.Token);
            TrainAll(run => Train(run, origin, observer, either.Token));
        }
        using var only = _folder.Lock();
        var report = stop.IsCancellationRequested ? null : Write(origin, isOver: true);
        _clock.Write(_disk);
        _clock.Stop();
        return report;
    }

    private double SecondsLeft => (_question.BudgetMinutes * 60 * ShareTrained) - _clock.Seconds;

    /// <summary>Trains the trials, the planned seeds, and more seeds as long as the budget pays for them.</summary>
    /// <param name="train">Trains some runs; says whether all came to their end.</param>
    private void TrainAll(Func<Func<SeedRun<SuiteSeries>, bool>, bool> train)
    {
        bool goesOn = TrainTrials(train);
        for (int done = 0; goesOn;)
        {
            AddSeeds(done);
            int before = done;
            done = Plan.Seeds;
            goesOn = done > before && train(run => !run.Series.IsTrial && run.Seed > (ulong)before);
        }
    }

    /// <summary>Trains the trials, one setting of all rows after the other, as long as enough time for seeds is left.</summary>
    /// <param name="train">Trains some runs; says whether all came to their end.</param>
    private bool TrainTrials(Func<Func<SeedRun<SuiteSeries>, bool>, bool> train)
    {
        for (int done = 1; done <= Plan.Trials; done++)
        {
            if (!train(run => run.Series.Trial < done))
                return false;
            LimitTrials(done);
        }
        return true;
    }

    private bool Train(
        Func<SeedRun<SuiteSeries>, bool> isMeant, Origin origin, IReproductionObserver<SuiteSeries, SuiteResult> observer, CancellationToken stop)
    {
        var runs = _folder.Plan.RunsInRounds.Where(isMeant).ToList();
        return new Reproduction<SuiteSeries, SuiteResult>(_folder, _disk, () => Write(origin, isOver: false), origin.Version, observer)
            .Run(runs, _question.Jobs, stop);
    }

    /// <summary>
    /// Leaves out the trials that are not yet made, if the next ones would take the time of the fewest seeds. It is kept before they are
    /// trained, and not decided again.
    /// </summary>
    private void LimitTrials(int done)
    {
        if (done == Plan.Trials || Plan.TrialsDecidedAfter >= done || Plan.SeedsDecidedAfter is not null)
            return;
        bool isPaid = ComparisonSchedule.PaysForTrial(Plan, done, _clock.Seconds - Plan.CalibrationSeconds, SecondsLeft, _question.Jobs);
        Change(Plan with { Trials = isPaid ? Plan.Trials : done, TrialsDecidedAfter = done });
    }

    /// <summary>
    /// Plans as many seeds more as the rest of the budget pays for, from how long the runs took; if it pays for none, that is for good. It is
    /// kept before the first of them is trained, and not decided again.
    /// </summary>
    private void AddSeeds(int done)
    {
        if (Plan.SeedsAreSettled || Plan.SeedsDecidedAfter >= done)
            return;
        int seeds = ComparisonSchedule.PaidSeeds(Plan, done, _clock.Seconds - Plan.CalibrationSeconds, SecondsLeft, _question.Jobs);
        Change(Plan with { Seeds = seeds, SeedsDecidedAfter = done, SeedsAreSettled = seeds == done });
    }

    private void Change(ComparisonPlan plan)
    {
        Plan = plan;
        Keep();
        _folder = new SuiteFolder(FullPath, _planner.Runs(Plan));
    }

    private static void RequireNew(string folder)
    {
        if (File.Exists(folder) || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()))
            throw new RunException($"{folder} is there and holds no comparison. Choose another --out.");
    }

    private void Keep()
    {
        using var only = _folder.Lock();
        Plan.Write(_disk, FullPath);
        _clock.Write(_disk);
    }

    /// <summary>Ends the reading of data and the making of networks too when no time is left: the runs of a seed may read the data in a way of their own.</summary>
    private void EndReading(CancellationToken stop)
    {
        _planner = _planner.For(Until(_question, stop));
        _folder = new SuiteFolder(FullPath, _planner.Runs(Plan));
    }

    private static ComparisonQuestion Until(ComparisonQuestion question, CancellationToken stop) =>
        question with { Experiments = new ExperimentCatalogue(question.Experiments.Kinds.Select(kind => kind.Until(stop))) };

    private ComparisonReport Write(Origin origin, bool isOver)
    {
        _clock.Write(_disk);
        var report = ComparisonReport.Read(_folder, Plan, BudgetMinutes, origin, isOver);
        report.Write(_disk, FullPath);
        return report;
    }

    /// <summary>Is told everything and does nothing.</summary>
    private sealed class NoObserver : IReproductionObserver<SuiteSeries, SuiteResult>, IRunObserver
    {
        public IRunObserver Started(SeedRun<SuiteSeries> run, long step) => this;

        public void Finished(SeedRun<SuiteSeries> run, SuiteResult result, bool before)
        {
        }

        public void Stopped(SeedRun<SuiteSeries> run, long step)
        {
        }

        public void Failed(SeedRun<SuiteSeries> run, string reason)
        {
        }

        public void Progress(long step, long total)
        {
        }

        public void Logged(MetricsLine line)
        {
        }
    }
}
