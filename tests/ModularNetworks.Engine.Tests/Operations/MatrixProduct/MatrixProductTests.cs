namespace ModularNetworks.Engine.Tests;

public sealed class MatrixProductTests
{
    private static readonly int[] Sizes = [0, 1, 2, 3, 5, 6, 7, 8, 9, 15, 16, 17, 31, 33, 63, 65, 130];

    public static TheoryData<string> Widths => KernelWidths.All;

    [Theory]
    [MemberData(nameof(Widths))]
    public void Any_sizes_give_the_defined_product(string width)
    {
        using var workers = new WorkerPool(2);
        var kernels = KernelWidths.Create(width, workers);
        foreach (int rows in Sizes)
        {
            foreach (int inner in Sizes)
            {
                // A column count for every pair, so that all meet all in fewer products than all triples.
                int columns = Sizes[(rows + (3 * inner)) % Sizes.Length];
                bool transposeLeft = (rows + inner) % 2 == 0;
                Check(kernels, new Case(rows, inner, columns, transposeLeft, inner % 3 == 0, columns % 2 == 0));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Every_transposition_gives_the_defined_product(string width)
    {
        using var workers = new WorkerPool(2);
        var kernels = KernelWidths.Create(width, workers);
        (int, int, int)[] sizes = [(7, 5, 9), (33, 17, 65), (19, 64, 16), (100, 300, 40), (5, 1100, 37)];
        foreach (var (rows, inner, columns) in sizes)
        {
            for (int flags = 0; flags < 8; flags++)
                Check(kernels, new Case(rows, inner, columns, (flags & 1) != 0, (flags & 2) != 0, (flags & 4) != 0));
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Few_columns_of_many_rows_give_the_defined_product(string width)
    {
        using var workers = new WorkerPool(2);
        var kernels = KernelWidths.Create(width, workers);
        foreach (int columns in new[] { 1, 3, 4, 5, 8, 15, 16, 17 })
        {
            foreach (int inner in new[] { 0, 1, 2, 31, 128, 129 })
            {
                foreach (int rows in new[] { 8, 9, 23, 200 })
                {
                    Check(kernels, new Case(rows, inner, columns, false, rows % 2 == 0, columns % 2 == 0));
                    Check(kernels, new Case(rows, inner, columns, false, rows % 2 != 0, columns % 2 != 0));
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Products_that_are_cut_into_many_blocks_are_right(string width)
    {
        using var workers = new WorkerPool(3);
        var kernels = KernelWidths.Create(width, workers);
        Check(kernels, new Case(257, 259, 261, false, true, true));
        Check(kernels, new Case(40, 4480, 16, true, false, true));
        Check(kernels, new Case(1000, 32, 16, false, false, false));
        Check(kernels, new Case(13, 9000, 5, true, true, false));
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void The_number_of_threads_does_not_change_a_bit(string width)
    {
        foreach (var test in new Case[] { new(300, 200, 100, true, true, false), new(40, 4480, 16, true, false, true) })
        {
            using var one = new WorkerPool(1);
            var expected = Multiply(KernelWidths.Create(width, one), test);
            for (int threads = 2; threads <= 3; threads++)
            {
                using var workers = new WorkerPool(threads);
                var actual = Multiply(KernelWidths.Create(width, workers), test);
                Assert.True(expected.HasSameBits(actual), $"{test} with {threads} threads");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Rows_alone_have_the_bits_that_they_have_among_many(string width)
    {
        using var workers = new WorkerPool(1);
        var kernels = KernelWidths.Create(width, workers);
        foreach (var (inner, columns) in new[] { (1, 1), (8, 16), (32, 5), (128, 3), (7, 33), (200, 40), (300, 17), (24, 250) })
        {
            var left = RandomTensors.Normal(RandomKey.FromSeed(1), 40, inner);
            var right = Matrix.Of(RandomTensors.Normal(RandomKey.FromSeed(2), inner, columns));
            var many = RandomTensors.Normal(RandomKey.FromSeed(3), 40, columns);
            var alone = RandomTensors.Normal(RandomKey.FromSeed(3), 40, columns);
            foreach (bool accumulate in new[] { true, false })
            {
                kernels.MatrixProduct(Matrix.Of(left), false, right, false, Matrix.Of(many), accumulate);
                for (int row = 0; row < 40; row += 4)
                {
                    int count = 1 + (row / 4 % 4);
                    kernels.MatrixProduct(
                        Matrix.Of(left).RowRange(row, count), false, right, false, Matrix.Of(alone).RowRange(row, count), accumulate);
                    int start = row * columns, length = count * columns;
                    Assert.Equal(many.Values.Slice(start, length).ToArray(), alone.Values.Slice(start, length).ToArray());
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Repeated_products_allocate_nothing(string width)
    {
        using var workers = new WorkerPool(2);
        var kernels = KernelWidths.Create(width, workers);
        var left = RandomTensors.Normal(RandomKey.FromSeed(1), 2000, 40);
        var right = RandomTensors.Normal(RandomKey.FromSeed(2), 40, 24);
        var product = Tensor.Allocate(new Shape(2000, 24));
        var gradient = Tensor.Allocate(new Shape(40, 24));
        Allocations.AssertNone(() =>
        {
            kernels.MatrixProduct(Matrix.Of(left), false, Matrix.Of(right), false, Matrix.Of(product), false);
            kernels.MatrixProduct(Matrix.Of(left), true, Matrix.Of(product), false, Matrix.Of(gradient), true);
        });
    }

    private static void Check(Kernels kernels, Case test)
    {
        var actual = Multiply(kernels, test);
        using var workers = new WorkerPool(1);
        var expected = Multiply(new PlainKernels<double>(workers), test);
        RandomTensors.AssertClose(expected, actual, 2 * test.Inner, $"{kernels.InstructionSet} {test}");
    }

    /// <summary>Multiplies windows of random tensors, and returns the whole tensor that the product lies in.</summary>
    private static Tensor Multiply(Kernels kernels, Case test)
    {
        var left = Random(kernels, 1, test.TransposeLeft, test.Rows, test.Inner);
        var right = Random(kernels, 2, test.TransposeRight, test.Inner, test.Columns);
        var product = Random(kernels, 3, false, test.Rows, test.Columns);
        kernels.MatrixProduct(left, test.TransposeLeft, right, test.TransposeRight, product, test.Accumulate);
        return product.Tensor;
    }

    private static Matrix Random(Kernels kernels, ulong seed, bool transposed, int rows, int columns)
    {
        if (transposed)
            (rows, columns) = (columns, rows);
        int stride = columns + (int)seed;
        var tensor = RandomTensors.Normal(RandomKey.FromSeed(seed), rows + 1, stride);
        if (kernels.Precision == Precision.Double)
            tensor = tensor.ToDouble();
        return new Matrix(tensor, 1, rows, columns, stride);
    }

    private readonly record struct Case(
        int Rows, int Inner, int Columns, bool TransposeLeft, bool TransposeRight, bool Accumulate);
}
