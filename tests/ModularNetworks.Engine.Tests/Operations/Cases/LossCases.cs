namespace ModularNetworks.Engine.Tests;

public sealed class LossCases : GradientCases
{
    public override IEnumerable<GradientCase> All() =>
    [
        new("LinearCrossEntropy", typeof(LinearCrossEntropyOperation), [Of(5, 3), Of(3, 7), Of(7)],
            (tape, x) => tape.LinearCrossEntropy(x[0], x[1], x[2], Indices(Of(5), 0, 6, 3, 3, 1))),
        new("LinearCrossEntropy, mean", typeof(LinearCrossEntropyOperation), [Of(5, 3), Of(3, 7), Of(7)],
            (tape, x) => tape.Mean(tape.LinearCrossEntropy(x[0], x[1], x[2], Indices(Of(5), 0, 6, 3, 3, 1)))),
    ];
}
