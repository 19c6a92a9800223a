namespace ModularNetworks.Engine.Tests;

public sealed class LinearCrossEntropyKernelTests
{
    private static readonly string[] ResultNames = ["losses", "hidden gradient", "weight gradient", "bias gradient"];

    private static readonly int[] ClassCounts = [1, 2, 7, 15, 16, 17, 31, 33, 255, 257, 1000];
    private static readonly int[] FeatureCounts = [0, 1, 2, 3, 7, 8, 9, 16, 17, 40];
    private static readonly int[] RowCounts = [0, 1, 2, 3, 7, 8, 9, 17, 100];

    [Theory]
    [MemberData(nameof(KernelWidths.All), MemberType = typeof(KernelWidths))]
    public void Awkward_numbers_of_classes_agree_with_the_plain_kernel(string width)
    {
        foreach (int classes in ClassCounts)
        {
            foreach (int rows in RowCounts)
                AssertAgrees(width, new LinearCrossEntropyCase(rows, 8, classes));
        }
        AssertAgrees(width, new LinearCrossEntropyCase(0, 8, 0));
    }

    [Theory]
    [MemberData(nameof(KernelWidths.All), MemberType = typeof(KernelWidths))]
    public void Awkward_numbers_of_features_agree_with_the_plain_kernel(string width)
    {
        foreach (int features in FeatureCounts)
        {
            foreach (int rows in RowCounts)
                AssertAgrees(width, new LinearCrossEntropyCase(rows, features, 33, weightRows: true));
            AssertAgrees(width, new LinearCrossEntropyCase(9, features, 1000));
        }
    }

    [Theory]
    [MemberData(nameof(KernelWidths.All), MemberType = typeof(KernelWidths))]
    public void Many_features_agree_with_the_plain_kernel(string width)
    {
        foreach (int features in new[] { 127, 128, 131 })
        {
            foreach (int rows in new[] { 0, 1, 5, 256, 259 })
                AssertAgrees(width, new LinearCrossEntropyCase(rows, features, 33, weightRows: true));
            AssertAgrees(width, new LinearCrossEntropyCase(9, features, 517));
            AssertAgrees(width, new LinearCrossEntropyCase(9, features, 1));
        }
    }

    [Theory]
    [MemberData(nameof(KernelWidths.All), MemberType = typeof(KernelWidths))]
    public void Large_logits_of_many_features_are_finite_and_exact(string width)
    {
        foreach (double scale in new[] { 3.0, 100.0, 10_000.0 })
            AssertAgrees(width, new LinearCrossEntropyCase(9, 128, 257, hiddenScale: scale));
    }

    [Theory]
    [MemberData(nameof(KernelWidths.All), MemberType = typeof(KernelWidths))]
    public void Row_weights_scale_the_gradients_but_not_the_losses(string width)
    {
        foreach (int rows in new[] { 1, 5, 8, 300 })
            AssertAgrees(width, new LinearCrossEntropyCase(rows, 8, 257, weightRows: true));
    }

    [Theory]
    [MemberData(nameof(KernelWidths.All), MemberType = typeof(KernelWidths))]
    public void Large_logits_are_finite_and_exact(string width)
    {
        foreach (double scale in new[] { 20.0, 100.0, 10_000.0 })
            AssertAgrees(width, new LinearCrossEntropyCase(70, 3, 257, hiddenScale: scale));
    }

    [Theory]
    [MemberData(nameof(KernelWidths.All), MemberType = typeof(KernelWidths))]
    public void Logits_on_both_sides_of_the_bound_agree_with_the_plain_kernel(string width)
    {
        // Base-2 logits of up to about 3 x 1.44 x scale, around the bound of 40.
        foreach (double scale in new[] { 7.0, 8.5, 9.2, 9.6, 10.5, 13 })
        {
            AssertAgrees(width, new LinearCrossEntropyCase(70, 3, 1, hiddenScale: scale));
            AssertAgrees(width, new LinearCrossEntropyCase(70, 3, 257, hiddenScale: scale));
        }
    }

    [Theory]
    [MemberData(nameof(KernelWidths.All), MemberType = typeof(KernelWidths))]
    public void A_loss_is_never_negative(string width)
    {
        using var workers = new WorkerPool(1);
        var kernels = KernelWidths.Create(width, workers);
        const int rows = 1000;
        var hidden = Tensor.From(new Shape(rows, 1), [.. Enumerable.Range(0, rows).Select(row => row * 0.001f)]);
        var weight = Tensor.From(new Shape(1, 2), [24, -24]);
        var losses = Tensor.Allocate(new Shape(rows));
        kernels.LinearCrossEntropy(
            Matrix.Of(hidden), Matrix.Of(weight), Tensor.Allocate(new Shape(2)), IndexTensor.Allocate(new Shape(rows)), losses);
        Assert.All(losses.Values.ToArray(), loss => Assert.True(loss >= 0));
    }

    [Theory]
    [MemberData(nameof(KernelWidths.All), MemberType = typeof(KernelWidths))]
    public void What_is_not_a_number_makes_no_number_of_its_rows_loss(string width)
    {
        using var workers = new WorkerPool(1);
        var kernels = KernelWidths.Create(width, workers);
        var problem = new LinearCrossEntropyCase(9, 8, 33);
        problem.Hidden.Values[8] = float.NaN; // of row 1
        var losses = problem.Losses(kernels).Values;
        Assert.True(float.IsNaN(losses[1]));
        problem = new LinearCrossEntropyCase(9, 8, 33);
        problem.Weight.Values[40] = float.NaN;
        Assert.All(problem.Losses(kernels).Values.ToArray(), loss => Assert.True(float.IsNaN(loss)));
    }

    [Theory]
    [MemberData(nameof(KernelWidths.All), MemberType = typeof(KernelWidths))]
    public void A_target_far_below_the_maximum_has_the_exact_loss(string width)
    {
        using var workers = new WorkerPool(1);
        var kernels = KernelWidths.Create(width, workers);
        var hidden = Tensor.From(new Shape(3, 1), [1, 1, 1]);
        var weight = Tensor.From(new Shape(1, 4), [-10_000, 10_000, 0, 9_999]);
        var targets = IndexTensor.From(new Shape(3), [0, 1, 2]);
        var losses = Tensor.Allocate(new Shape(3));
        kernels.LinearCrossEntropy(
            Matrix.Of(hidden), Matrix.Of(weight), Tensor.Allocate(new Shape(4)), targets, losses);
        double rest = Math.Log(1 + Math.Exp(-1));
        Assert.Equal(20_000 + rest, losses.Values[0], 20_000 * 2e-7);
        Assert.Equal(rest, losses.Values[1], 1e-2 * rest);
        Assert.Equal(10_000 + rest, losses.Values[2], 10_000 * 2e-7);
    }

    [Theory]
    [MemberData(nameof(KernelWidths.All), MemberType = typeof(KernelWidths))]
    public void One_class_has_no_loss_and_no_gradient(string width)
    {
        using var workers = new WorkerPool(1);
        var results = new LinearCrossEntropyCase(9, 8, 1).Gradients(KernelWidths.Create(width, workers));
        foreach (var result in results)
            Assert.All(result.Values.ToArray(), value => Assert.Equal(0, value, 2e-6));
    }

    [Theory]
    [MemberData(nameof(KernelWidths.All), MemberType = typeof(KernelWidths))]
    public void Results_do_not_depend_on_the_number_of_threads(string width)
    {
        foreach (int rows in new[] { 31, 700 })
        {
            var problem = new LinearCrossEntropyCase(rows, 9, 257, weightRows: true);
            using var one = new WorkerPool(1);
            var expected = problem.Gradients(KernelWidths.Create(width, one));
            var expectedLosses = problem.Losses(KernelWidths.Create(width, one));
            foreach (int threads in new[] { 2, 3 })
            {
                using var workers = new WorkerPool(threads);
                var kernels = KernelWidths.Create(width, workers);
                Assert.True(expectedLosses.Values.SequenceEqual(problem.Losses(kernels).Values));
                var actual = problem.Gradients(kernels);
                for (int i = 0; i < expected.Length; i++)
                    Assert.True(expected[i].Values.SequenceEqual(actual[i].Values), $"{threads} threads: {ResultNames[i]}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(KernelWidths.All), MemberType = typeof(KernelWidths))]
    public void Repeated_calls_allocate_nothing(string width)
    {
        using var workers = new WorkerPool(1);
        var kernels = KernelWidths.Create(width, workers);
        var problem = new LinearCrossEntropyCase(100, 8, 257);
        var results = problem.NewResults(Precision.Single);
        Allocations.AssertNone(() =>
        {
            problem.GradientsInto(kernels, results);
            problem.LossesInto(kernels, results[0]);
        });
    }

    [Theory]
    [MemberData(nameof(KernelWidths.All), MemberType = typeof(KernelWidths))]
    public void Windows_of_larger_tensors_are_read_and_written_where_they_lie(string width)
    {
        using var workers = new WorkerPool(1);
        var kernels = KernelWidths.Create(width, workers);
        var problem = new LinearCrossEntropyCase(9, 8, 33);
        var expected = problem.Gradients(kernels);
        var hidden = Widen(problem.Hidden);
        var weight = Widen(problem.Weight);
        var (hiddenGradient, weightGradient) = (Widen(problem.Hidden), Widen(problem.Weight));
        var (losses, biasGradient) = (Tensor.Allocate(new Shape(9)), Tensor.Allocate(new Shape(33)));
        kernels.LinearCrossEntropyGradients(new(
            Inner(hidden), Inner(weight), problem.Bias, problem.Targets, null,
            losses, Inner(hiddenGradient), Inner(weightGradient), biasGradient));
        Assert.Equal(expected[0].Values.ToArray(), losses.Values.ToArray());
        Assert.Equal(Widen(expected[1]).Values.ToArray(), hiddenGradient.Values.ToArray());
        Assert.Equal(Widen(expected[2]).Values.ToArray(), weightGradient.Values.ToArray());
        Assert.Equal(expected[3].Values.ToArray(), biasGradient.Values.ToArray());
    }

    [Theory]
    [MemberData(nameof(KernelWidths.All), MemberType = typeof(KernelWidths))]
    public void Wide_logits_leave_no_denormal_gradients(string width)
    {
        using var workers = new WorkerPool(1);
        // Logits spread over some 200 nats, in which exponentials take every size down to the smallest denormal number.
        var problem = new LinearCrossEntropyCase(64, 8, 500, hiddenScale: 40);
        foreach (var result in problem.Gradients(KernelWidths.Create(width, workers)))
            Assert.DoesNotContain(result.Values.ToArray(), value => float.IsSubnormal(value));
    }

    private static Tensor Widen(Tensor tensor)
    {
        int columns = tensor.Shape.Last;
        var wide = Tensor.Allocate(tensor.Shape.WithLast(columns + 3));
        wide.Values.Fill(77);
        for (int row = 0; row < tensor.Shape.Rows; row++)
            tensor.Values.Slice(row * columns, columns).CopyTo(wide.Values[((row * (columns + 3)) + 2)..]);
        return wide;
    }

    private static Matrix Inner(Tensor wide) => Matrix.Of(wide).ColumnRange(2, wide.Shape.Last - 3);

    private static void AssertAgrees(string width, LinearCrossEntropyCase problem)
    {
        using var workers = new WorkerPool(1);
        var kernels = KernelWidths.Create(width, workers);
        var expected = problem.Gradients(new PlainKernels<double>(workers));
        var actual = problem.Gradients(kernels);
        // Single-precision logits of this size differ by about this much.
        double tolerance = 4e-7 * problem.MagnitudeOfLogits;
        string size = $"{problem.Hidden.Shape} x {problem.Weight.Shape}: ";
        for (int i = 0; i < expected.Length; i++)
            RandomTensors.AssertNear(expected[i], actual[i], GradientTolerance(i), size + ResultNames[i]);
        RandomTensors.AssertNear(expected[0], problem.Losses(kernels), tolerance, size + "losses alone");

        // Hidden values multiply the error of the probabilities.
        double GradientTolerance(int result) => result == 2 ? tolerance * problem.MagnitudeOfLogits : tolerance;
    }
}
