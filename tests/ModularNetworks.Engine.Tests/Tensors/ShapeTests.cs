namespace ModularNetworks.Engine.Tests;

public sealed class ShapeTests
{
    [Fact]
    public void A_shape_prints_its_sizes() => Assert.Equal("[128, 8]", new Shape(128, 8).ToString());
}
