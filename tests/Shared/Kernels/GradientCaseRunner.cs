using ModularNetworks.Engine;

namespace ModularNetworks.Testing;

/// <summary>Runs a case as a loss: its output's sum with random weights.</summary>
internal sealed class GradientCaseRunner
{
    private static readonly RandomKey Key = RandomKey.FromSeed(20180615);

    private readonly GradientCase _case;

    public GradientCaseRunner(GradientCase gradientCase)
    {
        _case = gradientCase;
        Parameters = [.. gradientCase.Inputs.Select(CreateInput)];
    }

    /// <summary>The inputs, in single precision until converted.</summary>
    public Parameter[] Parameters { get; }

    /// <summary>The case's output, and the operations it recorded on the way.</summary>
    public (Tensor Output, Type[] Recorded) Run(Tape tape)
    {
        var output = _case.Run(tape, [.. Parameters.Select(parameter => parameter.Value)]);
        return (output, [.. tape.Recorded.Select(operation => operation.GetType())]);
    }

    public Tensor Loss(Tape tape) => WeightedSum(tape, Run(tape).Output);

    public static Tensor WeightedSum(Tape tape, Tensor output)
    {
        var key = Key.Split("weights");
        var weights = new float[output.Shape.Count];
        for (int i = 0; i < weights.Length; i++)
            weights[i] = (2 * key.Uniform((ulong)i)) - 1;
        return tape.Sum(tape.Multiply(output, tape.Constant(output.Shape, weights)));
    }

    private Parameter CreateInput(Shape shape, int index)
    {
        var key = Key.Split(_case.Name).Split((ulong)index);
        var parameter = new Parameter($"input {index}", shape);
        var values = parameter.Value.Values;
        for (int i = 0; i < values.Length; i++)
        {
            double value = _case.Low + (key.Uniform((ulong)i) * (_case.High - _case.Low));
            values[i] = (float)(Math.Abs(value) < _case.Gap ? Math.CopySign(_case.Gap, value) : value);
        }
        return parameter;
    }
}
