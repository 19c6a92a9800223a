namespace ModularNetworks.Engine.Tests;

public sealed class ShapeTests
{
    [Fact]
    public void A_shape_prints_its_sizes() => Assert.Equal("[128, 8]", new Shape(128, 8).ToString());

    [Fact]
    public void A_scalar_has_one_element_and_no_axes()
    {
        Assert.Equal(0, Shape.Scalar.Rank);
        Assert.Equal(1, Shape.Scalar.Count);
        Assert.Equal(1, Shape.Scalar.Last);
        Assert.Equal(1, Shape.Scalar.Rows);
        Assert.Equal("[]", Shape.Scalar.ToString());
    }

    [Fact]
    public void Rows_are_all_axes_but_the_last()
    {
        var shape = new Shape(2, 3, 4);
        Assert.Equal((24, 6, 4), (shape.Count, shape.Rows, shape.Last));
        Assert.Equal(new Shape(2, 3), shape.WithoutLast());
        Assert.Equal(new Shape(2, 3, 9), shape.WithLast(9));
    }

    [Fact]
    public void Negative_axes_count_from_the_end()
    {
        var shape = new Shape(2, 3, 4);
        Assert.Equal(4, shape[-1]);
        Assert.Equal(2, shape[-3]);
        Assert.Throws<ShapeException>(() => shape[3]);
        Assert.Throws<ShapeException>(() => shape[-4]);
    }

    [Fact]
    public void Shapes_are_equal_when_their_axes_are()
    {
        Assert.True(new Shape(2, 3) == new Shape(2, 3));
        Assert.True(new Shape(2, 3) != new Shape(3, 2));
        Assert.True(new Shape(2) != new Shape(2, 1));
        Assert.Equal(new Shape(2, 3).GetHashCode(), new Shape(2, 3).GetHashCode());
    }

    [Fact]
    public void Impossible_shapes_are_refused()
    {
        Assert.Throws<ShapeException>(() => new Shape(1, 2, 3, 4, 5));
        Assert.Throws<ShapeException>(() => new Shape(2, -1));
        Assert.Throws<ShapeException>(() => new Shape(1 << 20, 1 << 20));
        Assert.Throws<ShapeException>(() => new Shape(1 << 16, 1 << 16, 0));
        Assert.Throws<ShapeException>(() => new Shape(int.MaxValue));
        Assert.Throws<ShapeException>(() => new Shape(2, 3).WithLast(1 << 30));
        Assert.Equal(Shape.MaxCount, new Shape(Shape.MaxCount).Count);
    }

    [Fact]
    public void A_scalar_has_no_last_axis_to_change()
    {
        var error = Assert.Throws<ShapeException>(() => Shape.Scalar.WithLast(3));
        Assert.Contains("[]", error.Message, StringComparison.Ordinal);
    }
}
