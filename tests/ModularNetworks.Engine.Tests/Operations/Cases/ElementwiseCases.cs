namespace ModularNetworks.Engine.Tests;

public sealed class ElementwiseCases : GradientCases
{
    // More elements than one piece of work holds, for the element-wise loops' borders.
    private const int ManyElements = 530;

    public override IEnumerable<GradientCase> All() =>
    [
        new("Relu", typeof(ReluOperation), [Of(3, 7)], (tape, x) => tape.Relu(x[0])) { Gap = 0.01 },
        new("Sigmoid", typeof(SigmoidOperation), [Of(3, 7)], (tape, x) => tape.Sigmoid(x[0])),
        new("Tanh", typeof(TanhOperation), [Of(3, 7)], (tape, x) => tape.Tanh(x[0])),
        new("Exp", typeof(ExpOperation), [Of(3, 7)], (tape, x) => tape.Exp(x[0])),
        new("Log", typeof(LogOperation), [Of(3, 7)], (tape, x) => tape.Log(x[0])) { Low = 0.5 },
        new("Square", typeof(SquareOperation), [Of(3, 7)], (tape, x) => tape.Square(x[0])),
        new("Softplus", typeof(SoftplusOperation), [Of(3, 7)], (tape, x) => tape.Softplus(x[0])) { Low = -30, High = 30 },
        new("Sigmoid, many", typeof(SigmoidOperation), [Of(ManyElements)], (tape, x) => tape.Sigmoid(x[0])),
        new("Square of a scalar", typeof(SquareOperation), [Shape.Scalar], (tape, x) => tape.Square(x[0])),
        new("Scale", typeof(ScaleOperation), [Of(2, 5)], (tape, x) => tape.Scale(x[0], -1.7)),
        new("Shift", typeof(ShiftOperation), [Of(2, 5)], (tape, x) => tape.Square(tape.Shift(x[0], 0.7))),
        new("Dropout", typeof(DropoutOperation), [Of(4, 9)],
            (tape, x) => tape.Dropout(x[0], 0.4, RandomKey.FromSeed(5))),
        new("Add", typeof(AddOperation), [Of(2, 3, 4), Of(2, 3, 4)], (tape, x) => tape.Add(x[0], x[1])),
        new("Add to itself", typeof(AddOperation), [Of(5)], (tape, x) => tape.Add(x[0], x[0])),
        new("Subtract", typeof(SubtractOperation), [Of(2, 3, 4), Of(2, 3, 4)], (tape, x) => tape.Subtract(x[0], x[1])),
        new("Multiply", typeof(MultiplyOperation), [Of(2, 3, 4), Of(2, 3, 4)], (tape, x) => tape.Multiply(x[0], x[1])),
        new("Multiply by itself", typeof(MultiplyOperation), [Of(5)], (tape, x) => tape.Multiply(x[0], x[0])),
        new("NormalProbability", typeof(NormalProbabilityOperation), [Of(3, 7), Of(3, 7)],
            (tape, x) => tape.NormalProbability(tape.Shift(x[0], -1.2), x[1])) { Low = 0.3 },
        new("NormalProbability of large means", typeof(NormalProbabilityOperation), [Of(3, 7), Of(3, 7)],
            (tape, x) => tape.NormalProbability(tape.Scale(x[0], -5), x[1])) { Low = 0.2 },
        new("AddBias", typeof(AddBiasOperation), [Of(2, 3, 4), Of(4)], (tape, x) => tape.AddBias(x[0], x[1])),
    ];
}
