using ModularNetworks.Engine;

namespace ModularNetworks.Tests.Operations;

public sealed class GroupedLinearTests
{
    [Fact]
    public void Every_pick_gets_its_module_and_bias()
    {
        using var workers = new WorkerPool(1);
        var tape = new Tape(SimdKernels.Create(workers));
        var input = tape.Constant(new Shape(2, 1), [10, 100]);
        var selection = IndexTensor.From(new Shape(2, 2), [2, 0, 1, 1]);
        var weight = tape.Constant(new Shape(3, 2, 1), [9, 1, 9, 2, 9, 3]);
        var bias = tape.Constant(new Shape(3, 1), [0.5f, 0.25f, 0.125f]);

        var output = tape.GroupedLinear(input, selection, weight, bias, firstInput: 1);

        Assert.Equal(new Shape(2, 2, 1), output.Shape);
        Assert.Equal([30.125f, 10.5f, 200.25f, 200.25f], output.Values.ToArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Gradients_agree_with_finite_differences(int picks)
    {
        using var workers = new WorkerPool(1);
        var tape = new Tape(new PlainKernels<double>(workers));
        var input = Normal("input", 1, 5, 3);
        var weight = Normal("weight", 2, 4, 4, 2);
        var bias = Normal("bias", 3, 4, 2);
        var probe = Normal("probe", 4, 5 * picks * 2, 1);
        var selection = IndexTensor.Allocate(new Shape(5, picks));
        for (int i = 0; i < selection.Values.Length; i++)
            selection.Values[i] = RandomKey.FromSeed(5).Below((ulong)i, 3);

        Tensor Loss()
        {
            tape.Reset(recording: true);
            var output = tape.GroupedLinear(input.Value, selection, weight.Value, bias.Value, firstInput: 1);
            return tape.MatrixProduct(Flatten.Run(tape, output), probe.Value);
        }

        tape.Backward(Loss());
        foreach (var parameter in new[] { input, weight, bias })
            AssertGradient(parameter, () => Loss().ToScalar());
    }

    [Fact]
    public void Operations_can_share_sorted_picks()
    {
        using var workers = new WorkerPool(1);
        var tape = new Tape(SimdKernels.Create(workers));
        var input = tape.Constant(new Shape(2, 1), [1, 2]);
        var selection = IndexTensor.From(new Shape(2, 1), [1, 0]);
        var weight = tape.Constant(new Shape(2, 1, 2), [1, 2, 3, 4]);
        var groups = RowGroups.Sort(tape, selection, keyCount: 2);

        var first = tape.GroupedLinear(input, groups, weight, bias: null);
        var second = tape.GroupedLinear(input, selection, weight, bias: null);

        Assert.Equal([3f, 4, 2, 4], first.Values.ToArray());
        Assert.Equal(first.Values.ToArray(), second.Values.ToArray());
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_named()
    {
        using var workers = new WorkerPool(1);
        var tape = new Tape(SimdKernels.Create(workers));
        var input = tape.Constant(new Shape(2, 3), [1, 2, 3, 4, 5, 6]);
        var selection = IndexTensor.From(new Shape(2, 1), [0, 1]);
        var weight = tape.Rent(new Shape(2, 4, 5));

        AssertError("3 inputs from 2 do not lie within", () => tape.GroupedLinear(input, selection, weight, null, 2));
        AssertError("do not lie within", () => tape.GroupedLinear(input, selection, weight, null, int.MaxValue - 3));
        AssertError("do not lie within", () => tape.GroupedLinear(input, selection, weight, null, int.MinValue));
        AssertError("bias has shape [5]", () => tape.GroupedLinear(input, selection, weight, tape.Rent(new Shape(5))));
        AssertError(
            "input has shape [2, 3], the selection 3 picks",
            () => tape.GroupedLinear(input, IndexTensor.From(new Shape(3, 1), [0, 1, 1]), weight, null));
        AssertError(
            "key 6 is wanted",
            () => tape.GroupedLinear(
                input, RowGroups.Sort(tape, IndexTensor.From(new Shape(2, 1), [0, 6]), 7), weight, null));
    }

    [Fact]
    public void Picks_that_were_sorted_before_a_reset_or_changed_since_do_no_harm()
    {
        using var workers = new WorkerPool(1);
        var tape = new Tape(SimdKernels.Create(workers));
        var weight = new Parameter("w", new Shape(2, 1, 1), stacked: true);
        var selection = IndexTensor.From(new Shape(2, 1), [1, 1]);
        var groups = RowGroups.Sort(tape, selection, 2);
        var output = tape.GroupedLinear(Tensor.From(new Shape(2, 1), [3, 4]), groups, weight.Value, null);
        selection.Values.Fill(100_000_000);
        tape.Backward(tape.Sum(output));
        Assert.Equal([0f, 7], weight.Gradient.Values.ToArray());
        tape.Reset(recording: true);
        tape.Reset(recording: true);
        Assert.Throws<InvalidOperationException>(() => tape.GroupedLinear(Tensor.Allocate(new Shape(2, 1)), groups, weight.Value, null));
        Assert.Throws<InvalidOperationException>(() => tape.GroupedLinear(Tensor.Allocate(new Shape(2, 1)), default(RowGroups), weight.Value, null));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(0)]
    public void Modules_read_inputs_of_their_size_alone(int inputs)
    {
        using var workers = new WorkerPool(1);
        var tape = new Tape(SimdKernels.Create(workers));
        var key = RandomKey.FromSeed(1);
        ModulePool[] pools = [new LinearModules("m", 2, 3, 2, Activation.None, key), new GateModules("g", 2, 3, 2, key)];
        foreach (var pool in pools)
            AssertError($"[2, {inputs}]", () => pool.Forward(tape, Tensor.Allocate(new Shape(2, inputs)), IndexTensor.Allocate(new Shape(2, 1))));
    }

    private static void AssertError(string part, Action action) =>
        Assert.Contains(part, Assert.Throws<ShapeException>(action).Message, StringComparison.Ordinal);

    private static Parameter Normal(string name, ulong seed, params ReadOnlySpan<int> sizes)
    {
        var parameter = new Parameter(name, new Shape(sizes));
        for (int i = 0; i < parameter.Value.Values.Length; i++)
            parameter.Value.Values[i] = (float)RandomKey.FromSeed(seed).Normal((ulong)i);
        parameter.ConvertTo(Precision.Double);
        return parameter;
    }

    private static void AssertGradient(Parameter parameter, Func<double> loss)
    {
        const double step = 1e-4;
        for (int i = 0; i < parameter.Shape.Count; i++)
        {
            double value = parameter.Value.As<double>()[i];
            parameter.Value.As<double>()[i] = value + step;
            double above = loss();
            parameter.Value.As<double>()[i] = value - step;
            double below = loss();
            parameter.Value.As<double>()[i] = value;
            Assert.Equal((above - below) / (2 * step), parameter.Gradient.As<double>()[i], tolerance: 1e-8);
        }
    }

    /// <summary>All elements in one row, so that a matrix product makes a loss of them.</summary>
    private sealed class Flatten : Operation
    {
        private Tensor _input = null!;

        public static Tensor Run(Tape tape, Tensor input)
        {
            var row = tape.View(input, new Shape(1, input.Shape.Count));
            tape.Record<Flatten>(row)._input = input;
            return row;
        }

        protected internal override void Backward(Tape tape)
        {
            var target = tape.GradientOf(_input).As<double>();
            for (int i = 0; i < target.Length; i++)
                target[i] += Output.Gradient!.As<double>()[i];
        }
    }
}
