namespace ModularNetworks.Engine.Tests;

public sealed class MatrixTests
{
    [Fact]
    public void A_tensor_is_a_matrix_of_its_last_axis()
    {
        var matrix = Matrix.Of(Tensor.Allocate(new Shape(2, 3, 4)));
        Assert.Equal((6, 4, 4, 0), (matrix.Rows, matrix.Columns, matrix.Stride, matrix.Offset));
        Assert.Equal("[6, 4]", matrix.ToString());
    }

    [Fact]
    public void Windows_of_windows_keep_the_stride()
    {
        var window = Matrix.Of(Tensor.Allocate(new Shape(6, 10))).RowRange(2, 3).ColumnRange(4, 5);
        Assert.Equal((3, 5, 10, 24), (window.Rows, window.Columns, window.Stride, window.Offset));
    }

    [Theory]
    [InlineData(-1, 1, 1, 1)]
    [InlineData(0, 3, 4, 4)]
    [InlineData(1, 2, 5, 5)]
    [InlineData(0, 2, 5, 4)]
    [InlineData(0, int.MaxValue, 2, int.MaxValue)]
    public void A_window_outside_the_tensor_is_refused(int offset, int rows, int columns, int stride)
    {
        var error = Assert.Throws<ShapeException>(
            () => new Matrix(Tensor.Allocate(new Shape(2, 5)), offset, rows, columns, stride));
        Assert.Contains("[2, 5]", error.Message, StringComparison.Ordinal);
    }
}
