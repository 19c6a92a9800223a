namespace ModularNetworks.Engine.Tests;

public sealed class CategoricalCases : GradientCases
{
    public override IEnumerable<GradientCase> All() =>
    [
        new("Softmax", typeof(SoftmaxOperation), [Of(2, 3, 5)], (tape, x) => tape.Softmax(x[0])),
        new("Softmax, long rows", typeof(SoftmaxOperation), [Of(2, 40)], (tape, x) => tape.Softmax(x[0])),
        new("LogSoftmax", typeof(LogSoftmaxOperation), [Of(4, 5)], (tape, x) => tape.LogSoftmax(x[0])),
        new("LogSoftmax, long rows", typeof(LogSoftmaxOperation), [Of(2, 40)], (tape, x) => tape.LogSoftmax(x[0])),
        new("CategoricalLogProbability", typeof(CategoricalLogProbabilityOperation), [Of(2, 3, 4)],
            (tape, x) => tape.CategoricalLogProbability(x[0], Indices(Of(2, 3), 0, 3, 1, 1, 2, 3))),
        new("CategoricalLogProbability, repeated", typeof(CategoricalLogProbabilityOperation), [Of(3, 2, 4)],
            (tape, x) => tape.CategoricalLogProbability(
                tape.Categorical(x[0]).Repeat(2), Indices(Of(6, 2), 0, 3, 1, 1, 2, 3, 0, 0, 1, 2, 3, 3))),
        new("CategoricalLogProbability, long rows", typeof(CategoricalLogProbabilityOperation), [Of(3, 50)],
            (tape, x) => tape.CategoricalLogProbability(x[0], Indices(Of(3), 0, 49, 17))),
    ];
}
