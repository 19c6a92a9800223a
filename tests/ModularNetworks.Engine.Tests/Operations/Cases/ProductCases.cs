namespace ModularNetworks.Engine.Tests;

public sealed class ProductCases : GradientCases
{
    public override IEnumerable<GradientCase> All() =>
    [
        new("MatrixProduct", typeof(MatrixProductOperation), [Of(5, 3), Of(3, 4)],
            (tape, x) => tape.MatrixProduct(x[0], x[1])),
        new("MatrixProduct, three axes", typeof(MatrixProductOperation), [Of(2, 3, 5), Of(5, 2)],
            (tape, x) => tape.MatrixProduct(x[0], x[1])),
        new("MatrixProduct with itself", typeof(MatrixProductOperation), [Of(4, 4)],
            (tape, x) => tape.MatrixProduct(x[0], x[0])),
    ];
}
