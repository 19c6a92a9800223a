namespace ModularNetworks.Engine.Tests;

public sealed class GradientCheckTests
{
    [Fact]
    public void A_correct_gradient_passes()
    {
        var parameter = Create();
        var worst = GradientCheck.LargestError([parameter], tape => tape.Sum(tape.Exp(parameter.Value)));
        Assert.InRange(worst.Size, 0, 1e-7);
    }

    [Fact]
    public void A_wrong_gradient_is_found_and_named()
    {
        var parameter = Create();
        var worst = GradientCheck.LargestError([parameter], tape => tape.Sum(TwiceTooSteep.Run(tape, parameter.Value)));
        Assert.Equal("x", worst.Parameter);
        Assert.Equal(2, worst.Analytic, 1e-9);
        Assert.Equal(1, worst.Numeric, 1e-6);
        Assert.Equal(0.5, worst.Size, 1e-6);
    }

    [Fact]
    public void Parameters_are_left_as_they_were()
    {
        var parameter = Create();
        var before = parameter.Value.Values.ToArray();
        GradientCheck.LargestError([parameter], tape => tape.Sum(tape.Square(parameter.Value)));
        Assert.Equal(before, parameter.Value.Values.ToArray());
        Assert.All(parameter.Gradient.Values.ToArray(), value => Assert.Equal(0, value));
    }

    [Fact]
    public void There_must_be_something_to_check() =>
        Assert.Throws<ArgumentException>(() => GradientCheck.LargestError([], tape => tape.Rent(Shape.Scalar)));

    private static Parameter Create()
    {
        var parameter = new Parameter("x", new Shape(3));
        new float[] { 0.1f, -0.7f, 1.3f }.CopyTo(parameter.Value.Values);
        return parameter;
    }

    /// <summary>The identity with a wrong derivative.</summary>
    private sealed class TwiceTooSteep : Operation
    {
        private Tensor _input = null!;

        public static Tensor Run(Tape tape, Tensor x)
        {
            var output = tape.View(x, x.Shape);
            if (tape.Tracks(x))
                tape.Record<TwiceTooSteep>(output)._input = x;
            return output;
        }

        protected internal override void Backward(Tape tape)
        {
            var target = tape.GradientOf(_input).As<double>();
            var gradient = Output.Gradient!.As<double>();
            for (int i = 0; i < target.Length; i++)
                target[i] += 2 * gradient[i];
        }
    }
}
