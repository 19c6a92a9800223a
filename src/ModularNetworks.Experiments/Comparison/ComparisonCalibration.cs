using System.Collections.Concurrent;
using ModularNetworks.Engine;

namespace ModularNetworks.Experiments;

/// <summary>Measures what runs of each row of a comparison cost, as many at the same time as there will be.</summary>
/// <param name="plan">The rows, with their options.</param>
/// <param name="jobs">The number of runs at the same time.</param>
/// <param name="secondsOfRow">The seconds that steps of a row are measured for in each round.</param>
/// <param name="secondsOfRounds">The seconds that all rounds take at most, but for what of a row cannot be measured in less.</param>
/// <param name="secondsOfOperation">The seconds of a measurement of the validation data, by a multiply-add of a prediction.</param>
/// <param name="time">Tells the time.</param>
internal sealed class ComparisonCalibration(
    SuitePlan plan, int jobs, double secondsOfRow, double secondsOfRounds, double secondsOfOperation, TimeProvider time)
{
    // The runtime makes code faster while it runs, in several stages: one round without a gain may lie between two of them.
    private const int SteadyRounds = 2;
    private const double LeastGain = 0.05;

    private const int StepsToWarmUp = 32;
    private const int FirstPhase = 8;
    // The question is asked of dense and the first EM.
    private const int NeededNetworks = 2;
    private const int PredictionRounds = 20;
    private const int PredictionsOfRound = 10;

    /// <summary>The seconds after which no row is begun any more, but for those of dense and the first EM.</summary>
    public double SecondsToBegin { get; init; } = double.PositiveInfinity;

    /// <summary>Measures the rows round by round until they get no faster. What takes long is measured once.</summary>
    /// <param name="stop">Asks for a stop.</param>
    /// <returns>The costs of the rows for which there was time.</returns>
    /// <exception cref="OperationCanceledException">A stop was asked for.</exception>
    public IReadOnlyList<ComparisonCost> Measure(CancellationToken stop)
    {
        SuiteSeries[] rows = [.. plan.Rows()];
        // Those at equal training are the same networks.
        SuiteSeries[] networks = [.. rows.DistinctBy(row => row.Method.Name)];
        long start = time.GetTimestamp();
        double mostOfRow = secondsOfRounds * jobs / networks.Length;
        var costs = Round(networks, mostOfRow, stop).ToDictionary(cost => cost.Method);
        SuiteSeries[] repeated = [.. networks.Where(row => costs.TryGetValue(row.Method.Name, out var cost) && double.IsInfinity(cost.EvaluationSeconds))];
        for (int steady = repeated.Length > 0 ? 0 : SteadyRounds, rounds = 1; steady < SteadyRounds && (rounds == 1 || SecondsSince(start) * (rounds + 1) / rounds < secondsOfRounds); rounds++)
        {
            double before = costs.Values.Sum(cost => cost.StepSeconds);
            // Code that is not yet compiled, and other programs, make a round slower and none faster.
            foreach (var cost in Round(repeated, mostOfFirst: null, stop))
                costs[cost.Method] = costs[cost.Method].Fastest(cost);
            steady = costs.Values.Sum(cost => cost.StepSeconds) < before * (1 - LeastGain) ? 0 : steady + 1;
        }
        return [.. rows.Where(row => costs.ContainsKey(row.Method.Name)).Select(row => costs[row.Method.Name] with { Row = row.Name, StepsFactor = FactorOf(row) })];
    }

    private double FactorOf(SuiteSeries row) => (double)plan.StepsOf(row) / row.Task.Options.Steps;

    private IEnumerable<ComparisonCost> Round(SuiteSeries[] networks, double? mostOfFirst, CancellationToken stop)
    {
        var costs = new ComparisonCost?[networks.Length];
        var all = new ParallelOptions { MaxDegreeOfParallelism = jobs, CancellationToken = stop };
        // In their order: those that are needed begin first.
        var places = Partitioner.Create(Enumerable.Range(0, networks.Length), EnumerablePartitionerOptions.NoBuffering);
        long start = time.GetTimestamp();
        try
        {
            Parallel.ForEach(places, all, place =>
            {
                if (mostOfFirst is null || place < NeededNetworks || SecondsSince(start) < SecondsToBegin)
                    costs[place] = Measure(networks[place], mostOfFirst, stop);
            });
        }
        catch (AggregateException exception) when (exception.InnerExceptions.All(inner => inner is OperationCanceledException))
        {
            throw new OperationCanceledException(exception.Message, exception, stop);
        }
        return costs.OfType<ComparisonCost>();
    }

    /// <summary>Measures a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="mostOfFirst">The seconds that it takes in all rounds at most, if this is the first of them; null in later ones.</param>
    /// <param name="stop">Asks for a stop, between steps too.</param>
    private ComparisonCost Measure(SuiteSeries row, double? mostOfFirst, CancellationToken stop)
    {
        using var workers = new WorkerPool(1);
        var options = plan.OptionsOf(new SeedRun<SuiteSeries>(row, SuitePlan.TuningSeed), setting: 0);
        // What comes after the first phase takes longer; the few steps that are measured shall reach it.
        options = options with { Expected = options.Expected with { ExpectedAfter = Math.Min(FirstPhase, options.Expected.ExpectedAfter) } };
        long start = time.GetTimestamp();
        var experiment = plan.Experiments.Create(options, SimdKernels.Create(workers));
        double setup = SecondsSince(start);
        double step = SecondsOfStep(experiment.Trainer, options, stop);
        var cost = new ComparisonCost(row.Name, row.Method.Name, StepsFactor: 1, setup, step, double.PositiveInfinity, double.PositiveInfinity);
        double evaluation = secondsOfOperation * experiment.PredictionOperations.GetValueOrDefault();
        if ((2 * SecondsSince(start)) + evaluation <= mostOfFirst)
            return cost;
        if (mostOfFirst is null)
        {
            stop.ThrowIfCancellationRequested();
            start = time.GetTimestamp();
            experiment.Evaluate(row.Task.ValidSplit);
            evaluation = SecondsSince(start);
        }
        return cost with { EvaluationSeconds = evaluation, PredictionMilliseconds = PredictionMilliseconds(experiment, stop) };
    }

    private double SecondsOfStep(ITrainer trainer, RunOptions options, CancellationToken stop)
    {
        var ends = new List<double> { 0 };
        long start = time.GetTimestamp();
        try
        {
            while (ends.Count <= options.Steps && ends[^1] < secondsOfRow)
            {
                stop.ThrowIfCancellationRequested();
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
    private double PredictionMilliseconds(Experiment experiment, CancellationToken stop)
    {
        int units = experiment.PredictOne();
        double shortest = double.PositiveInfinity;
        long begin = time.GetTimestamp();
        for (int round = 0; round < PredictionRounds && (round == 0 || SecondsSince(begin) < secondsOfRow); round++)
        {
            long start = time.GetTimestamp();
            for (int prediction = 0; prediction < PredictionsOfRound; prediction++)
            {
                stop.ThrowIfCancellationRequested();
                experiment.PredictOne();
            }
            shortest = Math.Min(shortest, SecondsSince(start));
        }
        return units == 0 ? 0 : shortest * 1000 / PredictionsOfRound / units;
    }

    private double SecondsSince(long start) => time.GetElapsedTime(start).TotalSeconds;
}
