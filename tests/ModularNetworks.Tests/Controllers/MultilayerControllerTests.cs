using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

public sealed class MultilayerControllerTests
{
    private const int Inputs = 3, Modules = 4, Picks = 2, InputKeys = 5, Units = 6, Rows = 7;

    private static readonly RandomKey Key = RandomKey.FromSeed(72);
    private static readonly IndexTensor Shown = IndexTensor.From(new Shape(Rows), [4, 0, 4, 2, 1, 3, 0]);

    [Fact]
    public void It_begins_as_its_linear_part_and_follows_what_this_part_follows()
    {
        using var bench = new Workbench(Precision.Single);
        var controller = Create();
        var input = new ControllerInput(Input(Precision.Single), Shown);
        float[] linear = controller.LinearPart.Logits(bench.Tape, input).OfAllModules(bench.Tape).Values.ToArray();
        Assert.Equal(linear, controller.Logits(bench.Tape, input).OfAllModules(bench.Tape).Values.ToArray());
        var assignment = ModuleAssignment.RoundRobin(new LayerLayout("layer", Modules, Picks), InputKeys);
        controller.LinearPart.Follow(assignment, 0.999);
        var most = controller.Logits(bench.Tape, input).MostProbable(bench.Tape);
        Assert.All(Enumerable.Range(0, Rows * Picks), i => Assert.Equal(assignment[Shown.Values[i / Picks], i % Picks], most.Values[i]));
    }

    [Fact]
    public void Hidden_units_add_a_rectified_map_of_the_input()
    {
        using var bench = new Workbench(Precision.Double);
        var controller = Create();
        Numbers.Randomize(controller.Parameters, Key, Precision.Double);
        var (first, bias, second) = (Value(controller, "hidden.weight"), Value(controller, "hidden.bias"), Value(controller, "output.weight"));
        var input = Input(Precision.Double);
        double[] linear = controller.LinearPart.Logits(bench.Tape, new ControllerInput(input, Shown)).OfAllModules(bench.Tape).ToDoubles();
        double[] actual = controller.Logits(bench.Tape, new ControllerInput(input, Shown)).OfAllModules(bench.Tape).ToDoubles();
        for (int i = 0; i < actual.Length; i++)
        {
            (int row, int column) = Math.DivRem(i, Picks * Modules);
            double added = Enumerable.Range(0, Units).Sum(unit => second[(unit * Picks * Modules) + column] * Math.Max(
                0, bias[unit] + Enumerable.Range(0, Inputs).Sum(x => input[(row * Inputs) + x] * first[(x * Units) + unit])));
            Assert.Equal(linear[i] + added, actual[i], 1e-12);
        }
    }

    [Fact]
    public void All_gradients_agree_with_central_differences()
    {
        var controller = Create();
        Numbers.Randomize(controller.Parameters, Key, Precision.Double);
        var selection = IndexTensor.From(new Shape(Rows, Picks), [.. Enumerable.Range(0, Rows * Picks).Select(i => i % Modules)]);
        var input = Input(Precision.Double);
        var worst = GradientCheck.LargestError(
            controller.Parameters,
            tape => tape.Mean(controller.Logits(tape, new ControllerInput(input, Shown)).LogProbability(tape, selection)));
        Assert.True(worst.Size < 1e-6, worst.ToString());
    }

    [Fact]
    public void It_learns_a_rule_that_no_linear_controller_can_follow()
    {
        // The module is 1 where the signs of two inputs differ.
        using var bench = new Workbench(Precision.Single);
        var linear = new LinearController("controller", inputs: 2, modules: 2, picks: 1, Key);
        var controller = new MultilayerController("controller", new LinearController("controller", 2, 2, 1, Key), units: 8, Key.Split("hidden"));
        Assert.InRange(Fit(bench, controller), 0, 0.05);
        Assert.InRange(Fit(bench, linear), 0.6, 0.7);
    }

    private static double Fit(Workbench bench, Controller controller)
    {
        var input = Tensor.From(new Shape(4, 2), [1, 1, 1, -1, -1, 1, -1, -1]);
        var modules = IndexTensor.From(new Shape(4, 1), [0, 1, 1, 0]);
        var adam = new Adam(controller.Parameters, bench.Kernels, learningRate: 0.02);
        double loss = 0;
        for (int step = 0; step < 400; step++)
        {
            bench.Tape.Reset(recording: true);
            var mean = bench.Tape.Scale(bench.Tape.Mean(controller.Logits(bench.Tape, input).LogProbability(bench.Tape, modules)), -1);
            loss = mean.ToScalar();
            bench.Tape.Backward(mean);
            adam.Step();
        }
        return loss;
    }

    private static Tensor Value(MultilayerController controller, string name) =>
        controller.Parameters.Single(parameter => parameter.Name == $"controller.{name}").Value;

    private static Tensor Input(Precision precision) => Numbers.Uniform(Key, Rows * Inputs).ToTensor(precision, Rows, Inputs);

    private static MultilayerController Create() => new(
        "controller", new LinearController("controller", Inputs, Modules, Picks, Key, inputKeys: InputKeys), Units, Key.Split("hidden"));
}
