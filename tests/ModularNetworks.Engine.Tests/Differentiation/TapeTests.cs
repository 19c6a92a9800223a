namespace ModularNetworks.Engine.Tests;

public sealed class TapeTests : IDisposable
{
    private readonly WorkerPool _workers = new(2);
    private readonly Tape _tape;

    public TapeTests() => _tape = new Tape(SimdKernels.Create(_workers));

    public void Dispose() => _workers.Dispose();

    [Fact]
    public void A_step_in_steady_state_allocates_nothing()
    {
        var layers = new Sequential(
            new Linear("a", 6, 20, RandomKey.FromSeed(1)), Activation.Relu, new Linear("b", 20, 5, RandomKey.FromSeed(2)));
        var input = Tensor.Allocate(new Shape(64, 6));
        var classes = IndexTensor.Allocate(new Shape(64));
        Step(layers, input, classes);
        long held = _tape.ByteCount;
        Allocations.AssertNone(() => Step(layers, input, classes));
        Assert.Equal(held, _tape.ByteCount);
    }

    [Fact]
    public void Tensors_cannot_be_used_after_a_reset()
    {
        var tensor = _tape.Rent(new Shape(2));
        var view = _tape.View(tensor, new Shape(1, 2));
        var indices = _tape.RentIndices(new Shape(2));
        _tape.Reset(recording: true);
        Assert.Throws<InvalidOperationException>(() => tensor.Values.Length);
        Assert.Throws<InvalidOperationException>(() => view.Values.Length);
        Assert.Throws<InvalidOperationException>(() => indices.Values.Length);
        Assert.Throws<InvalidOperationException>(() => _tape.Relu(tensor));
    }

    [Fact]
    public void A_tape_that_does_not_record_keeps_no_operations()
    {
        var parameter = CreateParameter();
        _tape.Reset(recording: false);
        var loss = _tape.Sum(_tape.Square(parameter.Value));
        Assert.Empty(_tape.Recorded);
        Assert.False(loss.TracksGradient);
        Assert.Throws<InvalidOperationException>(() => _tape.Backward(loss));
    }

    [Fact]
    public void Operations_on_constants_are_not_recorded()
    {
        _tape.Square(_tape.Constant(new Shape(2), [1, 2]));
        Assert.Empty(_tape.Recorded);
    }

    [Fact]
    public void A_loss_must_be_one_number()
    {
        var error = Assert.Throws<ShapeException>(() => _tape.Backward(_tape.Square(CreateParameter().Value)));
        Assert.Contains("[3]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_loss_must_depend_on_a_parameter() =>
        Assert.Throws<InvalidOperationException>(() => _tape.Backward(_tape.Sum(_tape.Constant(new Shape(2), [1, 2]))));

    [Fact]
    public void A_second_backward_pass_in_a_step_is_refused()
    {
        var square = _tape.Square(CreateParameter().Value);
        var loss = _tape.Sum(square);
        var other = _tape.Mean(square);
        _tape.Backward(loss);
        var error = Assert.Throws<InvalidOperationException>(() => _tape.Backward(other));
        Assert.Contains("Reset", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Gradients_of_several_steps_add_up()
    {
        var parameter = CreateParameter();
        for (int step = 0; step < 3; step++)
        {
            _tape.Reset(recording: true);
            _tape.Backward(_tape.Sum(_tape.Square(parameter.Value)));
        }
        Assert.Equal([6, 12, -18], parameter.Gradient.Values.ToArray());
    }

    [Fact]
    public void Gradients_of_several_uses_add_up()
    {
        var parameter = CreateParameter();
        var square = _tape.Square(parameter.Value);
        _tape.Backward(_tape.Sum(_tape.Add(_tape.Multiply(square, parameter.Value), square)));
        // x^3 + x^2
        Assert.Equal([5, 16, 21], parameter.Gradient.Values.ToArray());
    }

    [Fact]
    public void Gradients_of_several_uses_of_a_reshaped_tensor_add_up()
    {
        var parameter = CreateParameter();
        var square = _tape.Square(parameter.Value);
        var row = _tape.Reshape(square, new Shape(1, 3));
        var column = _tape.Reshape(square, new Shape(3, 1));
        var sums = _tape.Add(_tape.Sum(_tape.Square(row)), _tape.Sum(column));
        _tape.Backward(_tape.Add(sums, _tape.Sum(square)));
        // x^4 + 2 x^2
        Assert.Equal([8, 40, -120], parameter.Gradient.Values.ToArray());
    }

    [Fact]
    public void A_gradient_that_is_given_stays_as_it_is()
    {
        var parameter = CreateParameter();
        var square = _tape.Square(parameter.Value);
        var reshaped = _tape.Reshape(_tape.Add(square, _tape.Reshape(square, new Shape(3))), new Shape(1, 3));
        var output = _tape.Reshape(reshaped, new Shape(3));
        var gradient = _tape.Constant(new Shape(3), [1, 1, 1]);
        _tape.Backward(output, gradient);
        Assert.Equal([1, 1, 1], gradient.Values.ToArray());
        Assert.Equal([4, 8, -12], parameter.Gradient.Values.ToArray());
    }

    [Fact]
    public void Results_that_the_loss_does_not_use_pass_nothing_on()
    {
        var parameter = CreateParameter();
        var unused = _tape.Exp(parameter.Value);
        _tape.Backward(_tape.Sum(_tape.Square(parameter.Value)));
        Assert.Null(unused.Gradient);
        Assert.Equal([2, 4, -6], parameter.Gradient.Values.ToArray());
    }

    [Fact]
    public void A_parameter_is_no_loss()
    {
        var error = Assert.Throws<InvalidOperationException>(() => _tape.Backward(new Parameter("x", Shape.Scalar).Value));
        Assert.Contains("computed", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_parameter_of_another_precision_is_named()
    {
        var parameter = CreateParameter();
        parameter.ConvertTo(Precision.Double);
        var error = Assert.Throws<InvalidOperationException>(() => _tape.Square(parameter.Value));
        Assert.Contains("Double", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constants_are_checked_for_their_number()
    {
        var error = Assert.Throws<ShapeException>(() => _tape.Constant(new Shape(2, 2), [1, 2, 3]));
        Assert.Contains("[2, 2]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_made_of_parameters_is_made_once_on_a_frozen_tape_and_in_every_step_on_others()
    {
        var parameter = CreateParameter();
        var frozen = new Tape(_tape.Kernels, isFrozen: true);
        Assert.Equal([1, 1], MakeTwice(frozen));
        Assert.Equal([1, 2], MakeTwice(_tape));

        float[] MakeTwice(Tape tape)
        {
            int made = 0;
            Func<Tape, Tensor> make = on => on.Scale(parameter.Value, ++made);
            tape.Reset(recording: false);
            float first = tape.OfParameters(parameter, make).Values[0];
            tape.Reset(recording: false);
            return [first, tape.OfParameters(parameter, make).Values[0]];
        }
    }

    [Fact]
    public void A_frozen_tape_records_nothing()
    {
        var frozen = new Tape(_tape.Kernels, isFrozen: true);
        Assert.False(frozen.IsRecording);
        var error = Assert.Throws<InvalidOperationException>(() => frozen.Reset(recording: true));
        Assert.Contains("the tape is frozen", error.Message, StringComparison.Ordinal);
    }

    private static Parameter CreateParameter()
    {
        var parameter = new Parameter("x", new Shape(3));
        new float[] { 1, 2, -3 }.CopyTo(parameter.Value.Values);
        return parameter;
    }

    private void Step(Sequential layers, Tensor input, IndexTensor classes)
    {
        _tape.Reset(recording: true);
        var logits = layers.Forward(_tape, _tape.Dropout(input, 0.1, RandomKey.FromSeed(3)));
        var halves = _tape.Concatenate(_tape.Slice(logits, 0, 2), _tape.Slice(logits, 2, 3));
        var score = _tape.Mean(_tape.CategoricalLogProbability(halves, classes));
        _tape.SampleCategorical(logits, RandomKey.FromSeed(4));
        _tape.Backward(_tape.Scale(score, -1));
    }
}
