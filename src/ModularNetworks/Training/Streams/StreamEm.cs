using System.Diagnostics;
using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// EM on tasks that come one after the other, in a network of two modular layers with one pick each. Every task has one pair of modules,
/// a*, stored by the task's number. Modules that earlier tasks use are frozen: a new task may use them, but no gradient step changes
/// them, so that earlier tasks keep their results to the last bit.
/// </summary>
/// <remarks>
/// A task begins with trials (<c>StreamTrials</c>): each datapoint of a mini-batch trains the modules of one of them, drawn uniformly.
/// E-steps score trials over several mini-batches and keep the better half. The last of them also scores all pairs of modules that earlier
/// tasks use, and decides:
/// <code>a*[task] = argmax over a of mean over n of log p(y_n|x_n, a, θ) - cost * (number of new modules in a)</code>
/// Free modules that were not chosen begin anew. The rest of the task's steps trains the new modules of a*.
/// </remarks>
/// <typeparam name="TBatch">What the network takes as a mini-batch.</typeparam>
public sealed class StreamEm<TBatch> : GradientTrainer<TBatch>
{
    private readonly StreamEmOptions _options;
    private readonly TaskSelections _selections;
    private readonly StreamTrials _trials;
    private readonly StackedModules[] _modules;
    private readonly StreamEStep<TBatch> _eStep;
    private readonly GivenSelection _given = new(IndexTensor.Allocate(new Shape(0, 2)));
    private readonly IReadOnlyList<int> _counts;
    private readonly RandomKey _trialKey;
    private int _frozenFor = -1;
    private EStepResult? _lastEStep;

    /// <summary>Prepares training.</summary>
    /// <param name="network">Is trained; its layers have fixed choices, so that the rule of a run alone selects modules.</param>
    /// <param name="data">The mini-batches of all gradient steps, in order: those of a task follow those of the task before.</param>
    /// <param name="pools">The modules of the first and the second layer, with no parameters in common.</param>
    /// <param name="optimizer">Takes the gradient steps; leaves alone what a mini-batch does not use.</param>
    /// <param name="tape">Records the operations.</param>
    /// <param name="key">Decides which datapoint trains which trial.</param>
    /// <param name="options">The numbers of tasks and steps.</param>
    /// <exception cref="ArgumentException">Network, modules or data are not of this kind.</exception>
    public StreamEm(
        ModularNetwork<TBatch> network, ITrainingSet<TBatch> data, IReadOnlyList<ModulePool> pools, Optimizer optimizer, Tape tape, RandomKey key,
        StreamEmOptions options)
        : base(network, data, optimizer, tape, key, options?.BatchSize ?? throw new ArgumentNullException(nameof(options)))
    {
        ArgumentNullException.ThrowIfNull(pools);
        options.Validate();
        if (network.Layout.Length != 2 || pools.Count != 2)
            throw new ArgumentException($"StreamEm: a composition has {Counted.Of(network.Layout.Length, "pick")} and {pools.Count} pools are given; two layers with one pick each are needed.");
        if (!data.IsOrdered)
            throw new ArgumentException("StreamEm: the training set must be gone through in order, task by task.");
        RequireDatapoints(data.Count, options);
        _options = options;
        _modules = [.. pools.Select(pool => new StackedModules(pool))];
        _counts = [.. pools.Select(pool => pool.Modules)];
        _selections = new TaskSelections(options.Tasks, _counts);
        _trials = new StreamTrials(_selections, _counts.Sum());
        _eStep = new StreamEStep<TBatch>(network, data, Pass);
        _trialKey = key.Split("trials");
    }

    /// <inheritdoc/>
    public override EStepResult? LastEStep => _lastEStep;

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Tensor)> State =>
        [("stream.selections", _selections.State), ("stream.trials", _trials.State), .. base.State];

    /// <summary>The number of modules that decided tasks use in a layer.</summary>
    /// <param name="layer">0 or 1.</param>
    public int ModulesUsed(int layer) => _selections.Used(layer).Length;

    /// <summary>The modules that tasks use in each layer; for the task that is being tried out those of the best trial.</summary>
    public IReadOnlyList<ModuleAssignment> Assignments()
    {
        var undecided = _trials.Count > 0 ? _trials[0] : default;
        return [.. Enumerable.Range(0, 2).Select(layer => new ModuleAssignment(
            _counts[layer], picks: 1, [.. Enumerable.Range(0, _options.Tasks).Select(task => (_selections[task] ?? undecided).Of(layer))]))];
    }

    /// <inheritdoc/>
    protected override Tensor Loss(ReadOnlySpan<int> datapoints, long step, out StepResult result)
    {
        int task = (int)Math.Min(step / _options.StepsPerTask, _options.Tasks - 1);
        long stepOfTask = step - (task * _options.StepsPerTask);
        Freeze(task);
        if (stepOfTask == 0)
            _trials.Begin();
        for (int due = RoundsDue(task, stepOfTask); due > 0; due--)
            TakeEStep(task, step, stepOfTask);
        Tape.Reset(recording: true);
        Pass.BeginTraining(_given.Replace(PairsOf(task, datapoints)), datapoints.Length, TrainingKey(step));
        var logLikelihood = Tape.Mean(Network.LogLikelihood(Pass, Data.Load(datapoints)));
        result = new StepResult(logLikelihood.ToScalar(), SelectionLogProbability: 0);
        return Tape.Scale(logLikelihood, -1);
    }

    /// <summary>An E-step looks at mini-batches of gradient steps that are still to come.</summary>
    private void RequireDatapoints(int count, StreamEmOptions options)
    {
        decimal needed = (decimal)options.Tasks * options.StepsPerTask * BatchSize;
        if (count < needed)
        {
            throw new ArgumentException(
                $"StreamEm: the training set has {Counted.Of(count, "datapoint")}; {Counted.Of(options.Tasks, "task")} of {options.StepsPerTask} steps "
                + $"with mini-batches of {BatchSize} need {needed}. Give it the mini-batches of all gradient steps, or take fewer steps.");
        }
    }

    /// <summary>Freezes the modules of the tasks before one.</summary>
    private void Freeze(int task)
    {
        if (_frozenFor == task)
            return;
        _frozenFor = task;
        for (int earlier = 0; earlier < task; earlier++)
        {
            for (int layer = 0; layer < _modules.Length; layer++)
                _modules[layer].Freeze(_selections[earlier]!.Value.Of(layer));
        }
    }

    /// <summary>The number of E-steps before a gradient step. Rounds of trials are equally long.</summary>
    private int RoundsDue(int task, long stepOfTask)
    {
        if (_selections[task] is not null)
            return 0;
        if (_trials.Count == 0)
            return 1; // No module is free.
        long warmUp = (long)(_options.WarmUp * _options.StepsPerTask);
        int rounds = _trials.Rounds;
        // A warm-up as long as the whole task would never be decided.
        return Enumerable.Range(1, rounds).Count(round => Math.Min(round * warmUp / rounds, _options.StepsPerTask - 1) == stepOfTask);
    }

    private void TakeEStep(int task, long step, long stepOfTask)
    {
        long start = Stopwatch.GetTimestamp();
        int batches = (int)Math.Min(_options.EStepBatches, _options.StepsPerTask - stepOfTask);
        ModulePair? leader = _trials.Count > 0 ? _trials[0] : null;
        ModulePair[] tried = [.. Enumerable.Range(0, _trials.Count).Select(place => _trials[place])];
        bool decides = _trials.Count <= 2;
        ModulePair[] pairs = decides ? [.. tried, .. _selections.UsedPairs()] : tried;
        double[] scores = _eStep.Score(pairs, (int)(step * BatchSize), BatchSize, batches);
        for (int i = 0; i < pairs.Length; i++)
            scores[i] -= _options.NewModuleCost * NewModulesOf(pairs[i]);
        int best = Array.IndexOf(scores, scores.Max());
        if (decides)
            Decide(task, pairs[best]);
        else
            _trials.Halve(scores);
        _lastEStep = new EStepResult(scores[best], pairs[best] == leader ? 0 : 1);
        Times.CountEStep(start);
    }

    private void Decide(int task, ModulePair chosen)
    {
        for (int layer = 0; layer < _modules.Length; layer++)
        {
            foreach (int module in _selections.Free(layer).Where(module => module != chosen.Of(layer)))
                _modules[layer].BeginAnew(module);
        }
        _selections.Store(task, chosen);
        _trials.End();
    }

    private int NewModulesOf(ModulePair pair) =>
        Enumerable.Range(0, _modules.Length).Count(layer => !_selections.Used(layer).Contains(pair.Of(layer)));

    /// <summary>The pair of each datapoint: the task's, or that of a trial.</summary>
    private IndexTensor PairsOf(int task, ReadOnlySpan<int> datapoints)
    {
        var stored = _selections[task];
        var compositions = Tape.RentIndices(new Shape(datapoints.Length, 2));
        for (int row = 0; row < datapoints.Length; row++)
        {
            var pair = stored ?? _trials[_trialKey.Below((ulong)datapoints[row], _trials.Count)];
            (compositions.Values[2 * row], compositions.Values[(2 * row) + 1]) = (pair.First, pair.Second);
        }
        return compositions;
    }
}
