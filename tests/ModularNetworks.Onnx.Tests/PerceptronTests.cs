using ModularNetworks.Engine;

namespace ModularNetworks.Onnx.Tests;

/// <summary>Perceptrons in ONNX Runtime answer as they do here.</summary>
public sealed class PerceptronTests
{
    private const int Features = 6;
    private const int Rows = 1000;

    private static readonly ModularMlpSizes Sizes = new() { Inputs = Features, Outputs = 3, Modules = 4, Hidden = 5 };

    private static readonly float[] Inputs = Drawn.Numbers(Rows * Features, seed: 7);

    [Theory]
    [InlineData(1, false, 0, 0)]
    [InlineData(1, true, 0, 0)]
    [InlineData(2, false, 2, 0)]
    [InlineData(2, true, 2, 7)]
    [InlineData(1, false, 0, 7)]
    public void A_perceptron_answers_the_same(int picks, bool isShared, int families, int controllerUnits)
    {
        using var perceptron = new PerceptronCase(Sizes with
        {
            Picks = picks,
            Shared = isShared,
            Families = new ModuleFamilies(families),
            ControllerUnits = controllerUnits,
        });
        perceptron.Check(Inputs, batch: Rows);
        perceptron.Check(Inputs, batch: 1);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(64)]
    public void Batches_of_any_size_are_answered(int batch)
    {
        using var perceptron = new PerceptronCase(Sizes with { Picks = 2 });
        perceptron.Check(Inputs, batch);
    }

    [Fact]
    public void A_network_of_one_module_is_answered()
    {
        using var perceptron = new PerceptronCase(Sizes with { Modules = 1 });
        perceptron.Check(Inputs, batch: 64);
        perceptron.Check(Inputs, batch: 1);
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(3, true)]
    [InlineData(1, false)]
    [InlineData(9, false)]
    public void A_mixture_of_modules_answers_the_same_and_tells_their_shares(int mixed, bool isShared)
    {
        using var perceptron = new PerceptronCase(Sizes with { Shared = isShared }, new MixtureSelection(mixed));
        perceptron.Check(Inputs, batch: Rows);
        perceptron.Check(Inputs, batch: 1);
        perceptron.Check([], batch: 1, allUsed: false);
        Assert.Contains("hidden_shares", perceptron.File.Outputs);
    }

    [Fact]
    public void Fixed_modules_are_answered_and_no_selection_is_told()
    {
        using var perceptron = new PerceptronCase(Sizes with { Modules = 3, Picks = 3 }, new FixedSelection());
        perceptron.Check(Inputs, batch: 64, allUsed: false);
        perceptron.Check(Inputs, batch: 1, allUsed: false);
        Assert.Equal(["output"], perceptron.File.Outputs);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Clusters_that_a_table_or_an_assignment_asks_for_are_found(bool hasTable)
    {
        var clusters = new Clusters(Tensor.From(new Shape(5, Features), Drawn.Numbers(5 * Features, seed: 8)));
        var assignment = new ModuleAssignment(modules: 4, picks: 1, 0, 1, 2, 3, 0);
        using var perceptron = new PerceptronCase(
            Sizes with { InputKeys = 5, HasTables = hasTable }, hasTable ? new ModeSelection() : new AssignedSelection(assignment), clusters);
        perceptron.Check(Inputs, batch: 64);
        perceptron.Check(Inputs, batch: 1);
    }

    [Fact]
    public void Vectors_are_standardised_and_a_told_task_is_an_input()
    {
        var sizes = Sizes with { InputKeys = 3, HasTables = true };
        var network = new ModularMlp(sizes, new ModeSelection(), RandomKey.FromSeed(1));
        network.Randomized(network.Parameters);
        float[] means = [1, 2, 3, 4, 5, 6], deviations = [0.5f, 1, 2, 3, 4, 0];
        using var file = new OnnxFile(stream => OnnxExport.Write(stream, network, new OnnxVectors { Means = means, Deviations = deviations }));
        float[] standardised = [.. Inputs.Select((x, place) => place % Features == 5 ? 0 : (x - means[place % Features]) * (1 / deviations[place % Features]))];
        int[] tasks = Drawn.Below(3, Rows, seed: 9);
        var pass = new ForwardPass(new Tape(SimdKernels.Create(new WorkerPool(threadCount: 1))));
        pass.Begin(new ModeSelection(), Rows);
        var expected = network.Predict(pass, new VectorBatch(
            Tensor.From(new Shape(Rows, Features), standardised), Classes: null, Targets: null, IndexTensor.From(new Shape(Rows), tasks)));
        var answers = file.Run(
            OnnxFile.Input<float>("features", Inputs, Rows, Features), OnnxFile.Input<long>("tasks", [.. tasks.Select(task => (long)task)], Rows));
        Equal.Numbers(expected.Values, answers.Numbers("output"));
        Assert.Equal(pass.Trace.SelectionOf(1).Modules.Values.ToArray(), answers.Modules("output"));
    }

    [Fact]
    public void An_empty_batch_has_empty_answers()
    {
        using var perceptron = new PerceptronCase(Sizes);
        var answers = perceptron.File.Run(OnnxFile.Input<float>("features", [], 0, Features));
        Assert.Empty(answers.Numbers("output"));
        Assert.Empty(answers.Modules("hidden"));
    }

    [Fact]
    public void A_row_does_not_depend_on_others_of_its_batch_and_modules_that_nobody_picked_are_not_needed()
    {
        using var perceptron = new PerceptronCase(Sizes);
        float[] same = [.. Enumerable.Repeat(Inputs[..Features], 7).SelectMany(row => row)];
        perceptron.Check(same, batch: 7, allUsed: false);
    }
}
