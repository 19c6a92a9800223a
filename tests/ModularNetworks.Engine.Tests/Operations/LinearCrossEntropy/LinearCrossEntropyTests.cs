namespace ModularNetworks.Engine.Tests;

public sealed class LinearCrossEntropyTests
{
    [Theory]
    [InlineData(Precision.Single, true)]
    [InlineData(Precision.Single, false)]
    [InlineData(Precision.Double, true)]
    [InlineData(Precision.Double, false)]
    public void Backward_adds_the_gradients_of_the_weighted_losses(Precision precision, bool isUniform)
    {
        using var workers = new WorkerPool(2);
        Kernels kernels = precision == Precision.Single ? SimdKernels.Create(workers) : new PlainKernels<double>(workers);
        var problem = new LinearCrossEntropyCase(19, 8, 33, weightRows: true);
        if (isUniform)
            problem.RowWeights.Values.Fill(0.25f);
        var expected = problem.Gradients(new PlainKernels<double>(workers));
        var parameters = new[] { problem.Hidden, problem.Weight, problem.Bias }
            .Select(value => NewParameter(value, precision)).ToArray();
        var tape = new Tape(kernels);
        for (int run = 0; run < 2; run++)
        {
            tape.Reset(recording: true);
            var losses = tape.LinearCrossEntropy(
                parameters[0].Value, parameters[1].Value, parameters[2].Value, problem.Targets);
            RandomTensors.AssertNear(expected[0], losses, 1e-5, "losses");
            var weights = tape.Constant(new Shape(19, 1), problem.RowWeights.Values);
            tape.Backward(tape.MatrixProduct(AsRow(tape, losses), weights));
        }
        string[] names = ["hidden", "weight", "bias"];
        for (int i = 0; i < names.Length; i++)
        {
            double[] twice = [.. RandomTensors.ToDoubles(expected[i + 1]).Select(value => 2 * value)];
            double[] actual = RandomTensors.ToDoubles(parameters[i].Gradient);
            for (int element = 0; element < twice.Length; element++)
                Assert.Equal(twice[element], actual[element], 2e-5);
        }
    }

    [Fact]
    public void Without_recording_only_the_losses_are_computed()
    {
        using var workers = new WorkerPool(1);
        var problem = new LinearCrossEntropyCase(3, 8, 33);
        var tape = new Tape(SimdKernels.Create(workers));
        tape.Reset(recording: false);
        var losses = tape.LinearCrossEntropy(problem.Hidden, problem.Weight, problem.Bias, problem.Targets);
        Assert.False(losses.TracksGradient);
        Assert.Equal(problem.Losses(tape.Kernels).Values.ToArray(), losses.Values.ToArray());
    }

    [Theory]
    [InlineData(33)]
    [InlineData(-1)]
    public void A_target_that_is_no_class_is_named(int target)
    {
        using var workers = new WorkerPool(1);
        var problem = new LinearCrossEntropyCase(3, 8, 33);
        problem.Targets.Values[2] = target;
        var tape = new Tape(SimdKernels.Create(workers));
        var error = Assert.Throws<ShapeException>(
            () => tape.LinearCrossEntropy(problem.Hidden, problem.Weight, problem.Bias, problem.Targets));
        Assert.Contains($"target {target} is wanted at place 2; there are 0 to 32", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_named()
    {
        AssertFails("hidden has shape [3, 8], weight [7, 33]", new(3, 8), new(7, 33), new(33), new(3));
        AssertFails("weight has shape [8, 33], bias [32]", new(3, 8), new(8, 33), new(32), new(3));
        AssertFails("hidden has shape [3, 8], targets [4]", new(3, 8), new(8, 33), new(33), new(4));

        static void AssertFails(string message, Shape hidden, Shape weight, Shape bias, Shape targets)
        {
            var error = Assert.Throws<ShapeException>(
                () => LinearCrossEntropyOperation.OutputShape(hidden, weight, bias, targets));
            Assert.Contains(message, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Steps_allocate_nothing_after_the_first()
    {
        using var workers = new WorkerPool(1);
        var problem = new LinearCrossEntropyCase(9, 8, 33);
        var parameter = NewParameter(problem.Weight, Precision.Single);
        var tape = new Tape(SimdKernels.Create(workers));
        Allocations.AssertNone(Step);

        void Step()
        {
            tape.Reset(recording: true);
            var losses = tape.LinearCrossEntropy(problem.Hidden, parameter.Value, problem.Bias, problem.Targets);
            tape.Backward(tape.MatrixProduct(AsRow(tape, losses), tape.View(problem.RowWeights, new Shape(9, 1))));
        }
    }

    /// <summary>The losses as <c>[1, rows]</c>, so that a matrix product weights and sums them.</summary>
    private static Tensor AsRow(Tape tape, Tensor losses)
    {
        var row = tape.View(losses, new Shape(1, losses.Shape[0]));
        var operation = tape.Record<AsRowOperation>(row);
        operation.Losses = losses;
        return row;
    }

    private static Parameter NewParameter(Tensor value, Precision precision)
    {
        var parameter = new Parameter("parameter", value.Shape);
        value.Values.CopyTo(parameter.Value.Values);
        parameter.ConvertTo(precision);
        return parameter;
    }

    private sealed class AsRowOperation : Operation
    {
        public Tensor Losses { get; set; } = null!;

        protected internal override void Backward(Tape tape) =>
            Losses.Gradient = tape.View(Output.Gradient!, Losses.Shape);
    }
}
