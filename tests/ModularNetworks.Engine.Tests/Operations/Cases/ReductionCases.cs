namespace ModularNetworks.Engine.Tests;

public sealed class ReductionCases : GradientCases
{
    public override IEnumerable<GradientCase> All() =>
    [
        new("Sum", typeof(SumOperation), [Of(3, 5)], (tape, x) => tape.Sum(x[0])),
        new("Mean", typeof(MeanOperation), [Of(3, 5)], (tape, x) => tape.Mean(x[0])),
        new("SquaredVariation", typeof(SquaredVariationOperation), [Of(3, 5)], (tape, x) => tape.SquaredVariation(x[0]))
        {
            Low = 0.5,
        },
        new("SumLast", typeof(SumAxisOperation), [Of(2, 3, 4)], (tape, x) => tape.SumLast(x[0])),
        new("SumAxis, first", typeof(SumAxisOperation), [Of(2, 3, 4)], (tape, x) => tape.SumAxis(x[0], 0)),
        new("SumAxis, middle", typeof(SumAxisOperation), [Of(2, 3, 4)], (tape, x) => tape.SumAxis(x[0], 1)),
        new("SumAxis, only one", typeof(SumAxisOperation), [Of(6)], (tape, x) => tape.SumAxis(x[0], 0)),
    ];
}
