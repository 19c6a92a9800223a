using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

/// <summary>EM on two tasks of numbers, y = slope * x with a slope for each task, in a network of two layers of linear modules.</summary>
public sealed class StreamEmTests : IDisposable
{
    private const int BatchSize = 8;
    private const int StepsPerTask = 200;
    private const int Modules = 4;

    private readonly WorkerPool _workers = new(1);
    private readonly Tape _tape;
    private readonly TwoLayers _network = new();

    public StreamEmTests() => _tape = new Tape(SimdKernels.Create(_workers));

    public void Dispose() => _workers.Dispose();

    [Fact]
    public void A_task_that_is_known_gets_the_modules_that_know_it()
    {
        var em = Trainer(2, -3, 2);
        Train(em, 3 * StepsPerTask);
        var modules = em.Assignments();
        Assert.All(modules, layer => Assert.Equal(layer[0, 0], layer[2, 0]));
        Assert.NotEqual((modules[0][0, 0], modules[1][0, 0]), (modules[0][1, 0], modules[1][1, 0]));
    }

    [Fact]
    public void Without_a_warm_up_the_decision_is_that_of_an_enumeration()
    {
        var em = Trainer(new StreamEmOptions { Tasks = 2, StepsPerTask = StepsPerTask, BatchSize = BatchSize, WarmUp = 0, EStepBatches = 3, NewModuleCost = 0 }, 2, 2.1f);
        Train(em, StepsPerTask);
        var known = em.Assignments();
        var (first, second) = (known[0][0, 0], known[1][0, 0]);
        var data = new Slopes([2, 2.1f]);
        // The trials of a stream with one used module in each layer, then the pair that is used.
        int[] free = [.. Enumerable.Range(0, Modules).Where(module => module != first)];
        int[] others = [.. Enumerable.Range(0, Modules).Where(module => module != second)];
        (int, int)[] pairs = [(free[0], others[0]), (first, others[1]), (free[1], second), (first, second)];
        double[] scores = [.. pairs.Select(pair => Score(data, pair))];
        var expected = pairs[Array.IndexOf(scores, scores.Max())];
        Train(em, 1);
        var decided = em.Assignments();
        Assert.Equal(expected, (decided[0][1, 0], decided[1][1, 0]));
        Assert.Equal((first, second), expected);
    }

    [Fact]
    public void Free_modules_that_were_not_chosen_begin_anew()
    {
        float[][] initial = Weights();
        var em = Trainer(2, -3);
        Train(em, 2 * StepsPerTask);
        var modules = em.Assignments();
        for (int layer = 0; layer < 2; layer++)
        {
            for (int module = 0; module < Modules; module++)
            {
                bool isUsed = modules[layer][0, 0] == module || modules[layer][1, 0] == module;
                Assert.Equal(isUsed, initial[layer][module] != Weights()[layer][module]);
            }
        }
    }

    [Fact]
    public void What_a_stream_cannot_be_learned_with_is_refused()
    {
        var related = new LinearModules("related", Modules, 1, 1, Activation.None, RandomKey.FromSeed(1), new ModuleFamilies(1));
        Assert.Contains("without families", Refusal([related, _network.Second], new Slopes([1])), StringComparison.Ordinal);
        Assert.Contains("two layers", Refusal([_network.First], new Slopes([1])), StringComparison.Ordinal);
        Assert.Contains(
            "has 1600 datapoints; 1 task of 13 steps with mini-batches of 128 need 1664", Refusal([_network.First, _network.Second], new Slopes([1]), steps: 13), StringComparison.Ordinal);
        Assert.Contains(
            "need 1180591620717411303296", Refusal([_network.First, _network.Second], new Slopes([1]), steps: long.MaxValue), StringComparison.Ordinal);
        Assert.Contains("in order", Refusal([_network.First, _network.Second], new Slopes([1]) { IsOrdered = false }), StringComparison.Ordinal);
    }

    private string Refusal(ModulePool[] pools, Slopes data, long steps = 1) => Assert.Throws<ArgumentException>(() => new StreamEm<float[]>(
        _network, data, pools, new Adam(_network.Parameters, _tape.Kernels), _tape, RandomKey.FromSeed(1), new() { Tasks = 1, StepsPerTask = steps })).Message;

    private StreamEm<float[]> Trainer(params float[] slopes) =>
        Trainer(new StreamEmOptions { Tasks = slopes.Length, StepsPerTask = StepsPerTask, BatchSize = BatchSize }, slopes);

    private StreamEm<float[]> Trainer(StreamEmOptions options, params float[] slopes) => new(
        _network, new Slopes(slopes), [_network.First, _network.Second], new Adam(_network.Parameters, _tape.Kernels, 0.02), _tape, RandomKey.FromSeed(3), options);

    private double Score(Slopes data, (int First, int Second) pair)
    {
        int[] datapoints = [.. Enumerable.Range(StepsPerTask * BatchSize, 3 * BatchSize)];
        var pass = new ForwardPass(_tape);
        _tape.Reset(recording: false);
        pass.Begin(new GivenSelection(IndexTensor.From(new Shape(datapoints.Length, 2), [.. datapoints.SelectMany(_ => (int[])[pair.First, pair.Second])])), datapoints.Length);
        return _tape.Mean(_network.LogLikelihood(pass, data.Load(datapoints))).ToScalar();
    }

    private float[][] Weights() => [_network.First.Weight.Value.Values.ToArray(), _network.Second.Weight.Value.Values.ToArray()];

    private static void Train(StreamEm<float[]> em, int steps)
    {
        for (int step = 0; step < steps; step++)
            em.Step();
    }

    /// <summary>The inputs, then the targets; task after task.</summary>
    private sealed class Slopes(float[] slopes) : ITrainingSet<float[]>
    {
        public int Count => slopes.Length * StepsPerTask * BatchSize;

        public bool IsOrdered { get; init; } = true;

        public float[] Load(ReadOnlySpan<int> datapoints)
        {
            float[] inputs = [.. datapoints.ToArray().Select(n => 1 + (n % 7 / 7f))];
            return [.. inputs, .. datapoints.ToArray().Select((n, place) => slopes[n / (StepsPerTask * BatchSize)] * inputs[place])];
        }
    }

    private sealed class TwoLayers : ModularNetwork<float[]>
    {
        private readonly GaussianLikelihood _noise = GaussianLikelihood.Fixed(1);
        private readonly ModularLayer _first;
        private readonly ModularLayer _second;

        public TwoLayers()
        {
            First = new("first", Modules, 1, 1, Activation.None, RandomKey.FromSeed(1));
            Second = new("second", Modules, 1, 1, Activation.None, RandomKey.FromSeed(2));
            (_first, _second) = (new("first", First, new FixedChoice(Modules, 1)), new("second", Second, new FixedChoice(Modules, 1)));
        }

        public LinearModules First { get; }

        public LinearModules Second { get; }

        public override CompositionLayout Layout => new(_first.Layout, _second.Layout);

        public override IReadOnlyList<Parameter> Parameters => [.. First.Parameters, .. Second.Parameters];

        public override Tensor LogLikelihood(ForwardPass pass, float[] batch)
        {
            int rows = batch.Length / 2;
            var output = _second.Forward(pass, _first.Forward(pass, Tensor.From(new Shape(rows, 1), batch.AsSpan(0, rows))));
            return _noise.LogLikelihood(pass, output, Tensor.From(new Shape(rows, 1), batch.AsSpan(rows)));
        }
    }
}
