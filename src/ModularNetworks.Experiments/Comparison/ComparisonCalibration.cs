using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>Measures what runs of each row of a comparison cost, as many at the same time as there will be.</summary>
/// <param name="plan">The rows, with their options.</param>
/// <param name="jobs">The number of runs at the same time.</param>
/// <param name="secondsOfRow">The seconds that steps of a row are measured for.</param>
/// <param name="time">Tells the time.</param>
internal sealed class ComparisonCalibration(SuitePlan plan, int jobs, double secondsOfRow, TimeProvider time)
{
    private const int StepsToWarmUp = 32;
    private const int FirstPhase = 8;
    private const int PredictionRounds = 20;
    private const int PredictionsOfRound = 10;

    /// <summary>Measures the rows.</summary>
    /// <param name="stop">Asks for a stop.</param>
    /// <exception cref="OperationCanceledException">A stop was asked for.</exception>
    public IReadOnlyList<ComparisonCost> Measure(CancellationToken stop)
    {
        SuiteSeries[] rows = [.. plan.Rows()];
        // Those at equal training are the same networks.
        string[] methods = [.. rows.Select(row => row.Method.Name).Distinct()];
        var costs = new ComparisonCost[methods.Length];
        var all = new ParallelOptions { MaxDegreeOfParallelism = jobs, CancellationToken = stop };
        // The first round is slow, since code is compiled meanwhile; the second one tells how fast runs will be.
        Parallel.For(0, methods.Length, all, place => costs[place] = Measure(Row(place), secondsOfRow / 2, isWarm: false));
        Parallel.For(0, methods.Length, all, place => costs[place] = Measure(Row(place), secondsOfRow, isWarm: true));
        return [.. rows.Select(row => costs[Array.IndexOf(methods, row.Method.Name)] with { Row = row.Name, StepsFactor = FactorOf(row) })];

        SuiteSeries Row(int place) => rows.First(row => row.Method.Name == methods[place]);
    }

    private double FactorOf(SuiteSeries row) => (double)plan.StepsOf(row) / row.Task.Options.Steps;

    private ComparisonCost Measure(SuiteSeries row, double seconds, bool isWarm)
    {
        using var workers = new WorkerPool(1);
        var options = plan.OptionsOf(new SeedRun<SuiteSeries>(row, SuitePlan.TuningSeed), setting: 0);
        // What comes after the first phase takes longer; the few steps that are measured shall reach it.
        options = options with { Expected = options.Expected with { ExpectedAfter = Math.Min(FirstPhase, options.Expected.ExpectedAfter) } };
        long start = time.GetTimestamp();
        var experiment = plan.Experiments.Create(options, SimdKernels.Create(workers));
        double setup = SecondsSince(start);
        double step = SecondsOfStep(experiment.Trainer, options, seconds);
        var cost = new ComparisonCost(row.Name, row.Method.Name, StepsFactor: 1, setup, step, EvaluationSeconds: 0, PredictionMilliseconds: 0);
        if (!isWarm)
            return cost;
        start = time.GetTimestamp();
        experiment.Evaluate(row.Task.ValidSplit);
        return cost with { EvaluationSeconds = SecondsSince(start), PredictionMilliseconds = PredictionMilliseconds(experiment) };
    }

    private double SecondsOfStep(ITrainer trainer, RunOptions options, double seconds)
    {
        var ends = new List<double> { 0 };
        long start = time.GetTimestamp();
        try
        {
            while (ends.Count <= options.Steps && ends[^1] < seconds)
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
