using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

public sealed class LinearControllerTests
{
    private const int Inputs = 3, Modules = 4, Picks = 2, InputKeys = 5;

    private static readonly RandomKey Key = RandomKey.FromSeed(71);
    private static readonly IndexTensor Shown = IndexTensor.From(new Shape(6), [4, 0, 4, 2, 1, 3]);

    [Fact]
    public void A_table_adds_the_logits_of_what_a_row_shows()
    {
        using var bench = new Workbench(Precision.Double);
        var (plain, withTable) = (Create(0), Create(InputKeys));
        Numbers.Randomize(withTable.Parameters, Key, Precision.Double);
        Numbers.Randomize(plain.Parameters, Key, Precision.Double);
        var input = Numbers.Uniform(Key, 6 * Inputs).ToTensor(Precision.Double, 6, Inputs);
        double[] linear = plain.Logits(bench.Tape, input).OfAllModules(bench.Tape).ToDoubles();
        double[] both = withTable.Logits(bench.Tape, new ControllerInput(input, Shown)).OfAllModules(bench.Tape).ToDoubles();
        for (int row = 0; row < 6; row++)
        {
            for (int i = 0; i < Picks * Modules; i++)
            {
                double expected = linear[(row * Picks * Modules) + i] + withTable.Table!.Value[(Shown.Values[row] * Picks * Modules) + i];
                Assert.Equal(expected, both[(row * Picks * Modules) + i], 1e-12);
            }
        }
    }

    [Fact]
    public void A_table_that_follows_an_assignment_gives_it_the_probability()
    {
        using var bench = new Workbench(Precision.Double);
        var controller = Create(InputKeys);
        Numbers.Randomize(controller.Parameters, Key, Precision.Double);
        controller.Weight.Value.As<double>().Clear();
        controller.Bias.Value.As<double>().Clear();
        var assignment = ModuleAssignment.RoundRobin(new LayerLayout("layer", Modules, Picks), InputKeys);
        controller.Follow(assignment, 0.7);
        var logits = controller.Logits(bench.Tape, new ControllerInput(Tensor.Allocate(new Shape(6, Inputs), Precision.Double), Shown));
        var most = logits.MostProbable(bench.Tape);
        Assert.All(Enumerable.Range(0, 6 * Picks), i => Assert.Equal(assignment[Shown.Values[i / Picks], i % Picks], most.Values[i]));
        Assert.All(logits.LogProbability(bench.Tape, most).ToDoubles(), value => Assert.Equal(Math.Log(0.7), value, 1e-12));
    }

    [Fact]
    public void A_table_needs_to_be_told_what_rows_show()
    {
        using var bench = new Workbench(Precision.Single);
        var error = Assert.Throws<ArgumentException>(() => Create(InputKeys).Logits(bench.Tape, Tensor.Allocate(new Shape(6, Inputs))));
        Assert.Contains("Give them to the layer's Forward", error.Message, StringComparison.Ordinal);
        var assignment = ModuleAssignment.RoundRobin(new LayerLayout("layer", Modules, Picks), InputKeys);
        Assert.Throws<ArgumentException>(() => Create(0).Follow(assignment, 0.7));
        Assert.Throws<ArgumentException>(() => Create(InputKeys + 1).Follow(assignment, 0.7));
        Assert.Throws<ArgumentOutOfRangeException>(() => Create(InputKeys).Follow(assignment, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Create(InputKeys).Follow(assignment, 0.25));
    }

    private static LinearController Create(int inputKeys) => new("controller", Inputs, Modules, Picks, Key, inputKeys: inputKeys);
}
