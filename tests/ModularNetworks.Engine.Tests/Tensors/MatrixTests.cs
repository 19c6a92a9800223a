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

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(2, 1)]
    [InlineData(1, 2)]
    [InlineData(int.MaxValue, 1)]
    [InlineData(0, int.MaxValue)]
    public void A_range_outside_the_matrix_is_refused(int start, int count)
    {
        var matrix = Matrix.Of(Tensor.Allocate(new Shape(2, 2)));
        Assert.Throws<ShapeException>(() => matrix.RowRange(start, count));
        Assert.Throws<ShapeException>(() => matrix.ColumnRange(start, count));
    }

    [Theory]
    [InlineData(3, 4, 5, 6, 3, 6, false, false)]
    [InlineData(3, 4, 4, 6, 2, 6, false, false)]
    [InlineData(3, 4, 4, 6, 3, 7, false, false)]
    [InlineData(3, 4, 4, 6, 3, 6, true, false)]
    [InlineData(3, 4, 4, 6, 3, 6, false, true)]
    public void Products_of_matrices_that_do_not_fit_are_refused(
        int leftRows, int leftColumns, int rightRows, int rightColumns, int rows, int columns, bool transposeLeft, bool transposeRight)
    {
        using var workers = new WorkerPool(1);
        var (left, right, product) = (Of(leftRows, leftColumns), Of(rightRows, rightColumns), Of(rows, columns));
        Assert.Throws<ShapeException>(() => SimdKernels.Create(workers).MatrixProduct(left, transposeLeft, right, transposeRight, product, false));

        static Matrix Of(int rows, int columns) => Matrix.Of(Tensor.Allocate(new Shape(rows, columns)));
    }

    [Theory]
    [InlineData(int.MaxValue - 3, 4)]
    [InlineData(1, 4)]
    [InlineData(-1, 2)]
    public void Inputs_outside_a_stack_are_refused(int firstInput, int inputs) =>
        Assert.Throws<ShapeException>(() => new MatrixStack(Tensor.Allocate(new Shape(2, 4, 3)), firstInput, inputs));
}
