using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

/// <summary>Compositions that name modules which a layer does not have, or that are those of other datapoints.</summary>
public sealed class OutsideThePoolTests
{
    private const int Batch = 2;
    private const int Steps = 3;
    private const int Modules = 4;

    private static readonly RandomKey Key = RandomKey.FromSeed(9);

    public static TheoryData<string, string, int> Cases
    {
        get
        {
            var data = new TheoryData<string, string, int>();
            foreach (string layer in (string[])["unit", "plain unit", "layer"])
            {
                foreach (string rule in (string[])["given", "first candidate", "candidates"])
                {
                    foreach (int module in (int[])[Modules, 100_000_000, -50_000_000, -1, int.MinValue, int.MaxValue])
                        data.Add(layer, rule, module);
                }
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Modules_outside_the_pool_are_refused(string layer, string rule, int module)
    {
        int steps = layer == "layer" ? 1 : Steps;
        var compositions = IndexTensor.Allocate(new Shape(Batch, steps));
        compositions.Values[^1] = module;
        foreach (bool recording in (bool[])[false, true])
        {
            var error = Assert.Throws<ShapeException>(() => Run(layer, Rule(rule, compositions), recording));
            Assert.Contains($"module {module} is wanted", error.Message, StringComparison.Ordinal);
            Assert.Contains($"0 to {Modules - 1}", error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(3, 3, 2)]
    [InlineData(5, 3, 2)]
    [InlineData(2, 3, 3)]
    public void Compositions_that_do_not_divide_among_candidates_are_refused(int rows, int picks, int candidates)
    {
        var compositions = IndexTensor.Allocate(new Shape(rows, picks));
        Assert.Throws<ShapeException>(() => new GivenSelection(compositions, candidates));
        Assert.Throws<ShapeException>(() => new GivenSelection(IndexTensor.Allocate(new Shape(rows))));
        Assert.Throws<ShapeException>(() => new CandidateSelection(IndexTensor.Allocate(new Shape(rows)), 1, Key));
    }

    [Theory]
    [InlineData("unit")]
    [InlineData("plain unit")]
    [InlineData("layer")]
    public void Compositions_of_another_number_of_datapoints_are_refused(string layer)
    {
        foreach (int rows in (int[])[0, 1, 3, 4])
        {
            var compositions = IndexTensor.Allocate(new Shape(rows, layer == "layer" ? 1 : Steps));
            Assert.Throws<ShapeException>(() => Run(layer, new GivenSelection(compositions), recording: false));
            Assert.Throws<ShapeException>(() => Run(layer, new CandidateSelection(compositions, samples: 2, Key), recording: false));
        }
    }

    [Fact]
    public void An_empty_mini_batch_is_refused()
    {
        using var bench = new Workbench(Precision.Single);
        Assert.Throws<ArgumentOutOfRangeException>(() => bench.Pass.Begin(new ModeSelection(), 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => bench.Pass.BeginTraining(new ModeSelection(), 0, Key));
        Assert.Throws<ArgumentOutOfRangeException>(() => bench.Pass.Search.Begin(0, 1));
        Assert.Throws<ShapeException>(() => bench.Pass.Begin(new CandidateSelection(IndexTensor.Allocate(new Shape(1, 1)), 1 << 20, Key), 1 << 20));
    }

    [Fact]
    public void Rows_of_a_run_that_has_not_begun_or_that_do_not_fit_are_refused()
    {
        using var bench = new Workbench(Precision.Single);
        var (tensor, targets) = (Tensor.Allocate(new Shape(5, 2)), IndexTensor.Allocate(new Shape(5)));
        Assert.Throws<InvalidOperationException>(() => bench.Pass.ForCandidates(tensor));
        Assert.Throws<InvalidOperationException>(() => bench.Pass.ForCandidates(targets));
        Assert.Throws<InvalidOperationException>(() => bench.Pass.OfStep(targets, 0));
        bench.Pass.Begin(new GivenSelection(IndexTensor.Allocate(new Shape(4, 1)), candidates: 2), 2);
        Assert.Throws<ShapeException>(() => bench.Pass.ForCandidates(tensor));
        Assert.Throws<ShapeException>(() => bench.Pass.ForCandidates(targets));
        Assert.Throws<ShapeException>(() => bench.Pass.OfStep(targets, 2));
        Assert.Throws<ShapeException>(() => bench.Pass.OfStep(targets, -1));
    }

    [Fact]
    public void Inputs_without_values_are_refused()
    {
        using var bench = new Workbench(Precision.Single);
        bench.Pass.Begin(new ModeSelection(), Batch);
        var layer = new ModularLayer(
            "layer", new LinearModules("modules", Modules, 3, 5, Activation.Relu, Key), new LinearController("controller", 3, Modules, 1, Key));
        Assert.Throws<ArgumentNullException>(() => layer.Forward(bench.Pass, default(LayerInput)));
        Assert.Throws<ArgumentNullException>(() => layer.RunFixed(bench.Pass, default, IndexTensor.Allocate(new Shape(Batch, 1))));
        Assert.Throws<InvalidOperationException>(() => bench.Pass.Trace.AddLogits(default, steps: 1));
    }

    [Fact]
    public void The_trace_takes_and_gives_what_fits_the_run_alone()
    {
        using var bench = new Workbench(Precision.Single);
        bench.Pass.Begin(new ModeSelection(), Batch);
        var trace = bench.Pass.Trace;
        Assert.Throws<ShapeException>(() => trace.AddSelection(IndexTensor.Allocate(new Shape(3, 1)), steps: 1));
        Assert.Throws<ShapeException>(() => trace.AddSelection(IndexTensor.Allocate(new Shape(Batch, 1)), steps: 2));
        Assert.Throws<ShapeException>(() => trace.AddLogProbability(Tensor.Allocate(new Shape(3))));
        Assert.Throws<ShapeException>(() => trace.AddLogits(Tensor.Allocate(new Shape(3, 1, 4)), steps: 1));
        trace.AddSelection(IndexTensor.Allocate(new Shape(2 * Batch, 1)), steps: 2);
        Assert.Throws<ArgumentOutOfRangeException>(() => trace.CopyComposition(Batch, new int[2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => trace.CopyComposition(-1, new int[2]));
        Assert.Throws<ShapeException>(() => trace.CopyComposition(0, new int[1]));
    }

    private static SelectionRule Rule(string name, IndexTensor compositions) => name switch
    {
        "given" => new GivenSelection(compositions),
        "first candidate" => new CandidateSelection(compositions, samples: 0, Key),
        _ => new CandidateSelection(compositions, samples: 2, Key),
    };

    private static void Run(string layer, SelectionRule rule, bool recording)
    {
        const int inputs = 3, hidden = 5, joined = inputs + hidden;
        using var bench = new Workbench(Precision.Single);
        bench.Tape.Reset(recording);
        bench.Pass.Begin(rule, Batch);
        if (layer == "layer")
        {
            var pool = new LinearModules("modules", Modules, inputs, hidden, Activation.Relu, Key);
            new ModularLayer("layer", pool, new LinearController("controller", inputs, Modules, 1, Key))
                .Forward(bench.Pass, Tensor.Allocate(new Shape(Batch, inputs)));
            return;
        }
        // Modules with an activation have no fused kernel.
        var modules = new LinearModules("modules", Modules, joined, hidden, layer == "unit" ? Activation.None : Activation.Tanh, Key);
        new ModularGru("gru", inputs, hidden, modules, new LinearController("controller", joined, Modules, 1, Key), Key)
            .Forward(bench.Pass, Tensor.Allocate(new Shape(Steps * Batch, inputs)), Tensor.Allocate(new Shape(Batch, hidden)));
    }
}
