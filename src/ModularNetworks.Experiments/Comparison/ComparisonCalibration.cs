using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>Measures what runs of each row of a comparison cost, as many at the same time as there will be.</summary>
/// <param name="plan">The rows, with their options.</param>
/// <param name="jobs">The number of runs at the same time.</param>
/// <param name="secondsOfRow">The seconds that steps of a row are measured for in each round.</param>
/// <param name="secondsOfRounds">The seconds that all rounds take at most, but for the first two.</param>
/// <param name="time">Tells the time.</param>
internal sealed class ComparisonCalibration(SuitePlan plan, int jobs, double secondsOfRow, double secondsOfRounds, TimeProvider time)
{
    // The runtime makes code faster while it runs, in several stages: one round without a gain may lie between two of them.
    private const int SteadyRounds = 2;
    private const double LeastGain = 0.05;

    private const int StepsToWarmUp = 32;
    private const int FirstPhase = 8;
    private const int PredictionRounds = 20;
    private const int PredictionsOfRound = 10;

    /// <summary>Measures the rows round by round until they get no faster.</summary>
    /// <param name="stop">Asks for a stop.</param>
    /// <exception cref="OperationCanceledException">A stop was asked for.</exception>
    public IReadOnlyList<ComparisonCost> Measure(CancellationToken stop)
    {
        SuiteSeries[] rows = [.. plan.Rows()];
        // Those at equal training are the same networks.
        SuiteSeries[] networks = [.. rows.DistinctBy(row => row.Method.Name)];
        long start = time.GetTimestamp();
        var costs = Round(networks, isFirst: true, stop);
        for (int steady = 0, rounds = 1; steady < SteadyRounds && (rounds == 1 || SecondsSince(start) * (rounds + 1) / rounds < secondsOfRounds); rounds++)
        {
            double before = costs.Sum(cost => cost.StepSeconds);
            // Code that is not yet compiled, and other programs, make a round slower and none faster.
            costs = [.. costs.Zip(Round(networks, isFirst: false, stop), (one, other) => one.Fastest(other))];
            steady = costs.Sum(cost => cost.StepSeconds) < before * (1 - LeastGain) ? 0 : steady + 1;
        }
        return [.. rows.Select(row => costs.First(cost => cost.Method == row.Method.Name) with { Row = row.Name, StepsFactor = FactorOf(row) })];
    }

    private double FactorOf(SuiteSeries row) => (double)plan.StepsOf(row) / row.Task.Options.Steps;

    private ComparisonCost[] Round(SuiteSeries[] networks, bool isFirst, CancellationToken stop)
    {
        var costs = new ComparisonCost[networks.Length];
        var all = new ParallelOptions { MaxDegreeOfParallelism = jobs, CancellationToken = stop };
        Parallel.For(0, networks.Length, all, place => costs[place] = Measure(networks[place], isFirst));
        return costs;
    }

    private ComparisonCost Measure(SuiteSeries row, bool isFirst)
    {
        using var workers = new WorkerPool(1);
        var options = plan.OptionsOf(new SeedRun<SuiteSeries>(row, SuitePlan.TuningSeed), setting: 0);
        // What comes after the first phase takes longer; the few steps that are measured shall reach it.
        options = options with { Expected = options.Expected with { ExpectedAfter = Math.Min(FirstPhase, options.Expected.ExpectedAfter) } };
        long start = time.GetTimestamp();
        var experiment = plan.Experiments.Create(options, SimdKernels.Create(workers));
        double setup = SecondsSince(start);
        double step = SecondsOfStep(experiment.Trainer, options);
        var cost = new ComparisonCost(row.Name, row.Method.Name, StepsFactor: 1, setup, step, double.PositiveInfinity, double.PositiveInfinity);
        if (isFirst)
            return cost;
        start = time.GetTimestamp();
        experiment.Evaluate(row.Task.ValidSplit);
        return cost with { EvaluationSeconds = SecondsSince(start), PredictionMilliseconds = PredictionMilliseconds(experiment) };
    }

    private double SecondsOfStep(ITrainer trainer, RunOptions options)
    {
        var ends = new List<double> { 0 };
        long start = time.GetTimestamp();
        try
        {
            while (ends.Count <= options.Steps && ends[^1] < secondsOfRow)
            {
                trainer.Step();
                ends.Add(SecondsSince(start));
            }
        }
        catch (NonFiniteLossException)
        {
            // How fast it diverges is told by the runs.
        }
        int steps = ends.Count - 1, first = steps / 4;
        if (steps == 0 || ends[^1] == 0)
            return ends[^1];
        // The first steps are slow, and of few steps they have more than their share of the E-steps.
        return steps < StepsToWarmUp
            ? (trainer.Times.GradientStepMilliseconds + (trainer.Times.EStepMilliseconds / Math.Max(1, options.Em.MStepsPerEStep))) / 1000
            : (ends[^1] - ends[first]) / (steps - first);
    }

    /// <summary>The shortest mean of some rounds, since other processes only make it longer.</summary>
    private double PredictionMilliseconds(Experiment experiment)
    {
        int units = experiment.PredictOne();
        double shortest = double.PositiveInfinity;
        for (int round = 0; round < PredictionRounds; round++)
        {
            long start = time.GetTimestamp();
            for (int prediction = 0; prediction < PredictionsOfRound; prediction++)
                experiment.PredictOne();
            shortest = Math.Min(shortest, SecondsSince(start));
        }
        return units == 0 ? 0 : shortest * 1000 / PredictionsOfRound / units;
    }

    private double SecondsSince(long start) => time.GetElapsedTime(start).TotalSeconds;
}
