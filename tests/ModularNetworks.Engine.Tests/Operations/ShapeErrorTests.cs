namespace ModularNetworks.Engine.Tests;

/// <summary>Every refusal names the operation and what did not fit.</summary>
public sealed class ShapeErrorTests : IDisposable
{
    private readonly WorkerPool _workers = new(1);
    private readonly Tape _tape;

    public ShapeErrorTests() => _tape = new Tape(SimdKernels.Create(_workers));

    public void Dispose() => _workers.Dispose();

    [Fact]
    public void Element_wise_operations_need_equal_shapes()
    {
        Refuses("Add", () => _tape.Add(Of(2, 3), Of(3, 2)), "[2, 3]", "[3, 2]");
        Refuses("Subtract", () => _tape.Subtract(Of(2, 3), Of(6)), "[2, 3]", "[6]");
        Refuses("Multiply", () => _tape.Multiply(Of(2, 3), Of(2, 1)), "[2, 3]", "[2, 1]");
    }

    [Fact]
    public void A_bias_is_as_long_as_the_last_axis()
    {
        Refuses("AddBias", () => _tape.AddBias(Of(2, 3), Of(2)), "[2, 3]", "[2]");
        Refuses("AddBias", () => _tape.AddBias(Of(2, 3), Of(1, 3)), "[2, 3]", "[1, 3]");
    }

    [Fact]
    public void Inner_sizes_of_a_product_agree() =>
        Refuses("MatrixProduct", () => _tape.MatrixProduct(Of(2, 3), Of(4, 3)), "[2, 3]", "[4, 3]");

    [Fact]
    public void A_reshape_keeps_the_number_of_elements() =>
        Refuses("Reshape", () => _tape.Reshape(Of(2, 3), new Shape(4, 2)), "[2, 3]", "[4, 2]");

    [Fact]
    public void Concatenated_parts_agree_in_all_axes_but_the_last()
    {
        Refuses("Concatenate", () => _tape.Concatenate(Of(2, 3), Of(2, 1), Of(3, 3)), "part 2", "[3, 3]", "[2, 3]");
        Refuses("Concatenate", () => _tape.Concatenate(Of(2, 3), Of(2)), "[2, 3]", "[2]");
        Refuses("Concatenate", () => _tape.Concatenate(Of(), Of()), "[]");
        Refuses("Concatenate", () => _tape.Concatenate(), "no parts");
    }

    [Theory]
    [InlineData(-1, 2)]
    [InlineData(2, 2)]
    [InlineData(0, -1)]
    [InlineData(1, int.MaxValue)]
    public void Ranges_lie_within_their_axis(int start, int count)
    {
        Refuses("Slice", () => _tape.Slice(Of(5, 3), start, count), "[5, 3]", $"{start}", $"{count}");
        Refuses("Rows", () => _tape.Rows(Of(3, 5), start, count), "[3, 5]", $"{start}", $"{count}");
    }

    [Fact]
    public void Gathered_rows_exist()
    {
        Refuses("Gather", () => _tape.Gather(Of(4, 2), Indices(0, 4)), "row 4", "place 1", "0 to 3");
        Refuses("Gather", () => _tape.Gather(Of(4, 2), Indices(-1)), "row -1", "0 to 3");
        Refuses("Gather", () => _tape.Gather(Of(), Indices(1, 2)), "[]", "[2]");
    }

    [Fact]
    public void Gathered_and_scattered_columns_exist_and_every_row_has_its_own()
    {
        Refuses("GatherLast", () => _tape.GatherLast(Of(2, 3), Indices(0, 1)), "[2, 3]", "[2]");
        Refuses("GatherLast", () => _tape.GatherLast(Of(2), Indices(0, 2)), "column 2", "0 to 1");
        Refuses("ScatterLast", () => _tape.ScatterLast(Of(2, 3), Indices(0, 1), 4), "[2, 3]", "[2]");
        Refuses("ScatterLast", () => _tape.ScatterLast(Of(2), Indices(-1, 3), 4), "column -1", "0 to 3");
    }

    [Fact]
    public void Every_row_has_one_factor() =>
        Refuses("ScaleRows", () => _tape.ScaleRows(Of(2, 3), Of(3)), "[2, 3]", "[3]");

    [Fact]
    public void Every_mean_has_one_deviation() =>
        Refuses("NormalProbability", () => _tape.NormalProbability(Of(2, 3), Of(3)), "[2, 3]", "[3]");

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void The_largest_elements_lie_in_the_last_axis(int count) =>
        Refuses("TopK", () => _tape.TopK(Of(2, 3), count), "[2, 3]", $"{count}");

    [Fact]
    public void Nothing_has_no_variation() => Refuses("SquaredVariation", () => _tape.SquaredVariation(Of(0, 3)), "[0, 3]");

    [Fact]
    public void Distributions_have_at_least_one_class()
    {
        Refuses("Softmax", () => _tape.Softmax(Of(4, 0)), "[4, 0]");
        Refuses("LogSoftmax", () => _tape.LogSoftmax(Of()), "[]");
        Refuses("MostProbable", () => _tape.MostProbable(Of(4, 0)), "[4, 0]");
        Refuses("SampleCategorical", () => _tape.SampleCategorical(Of(4, 0), RandomKey.FromSeed(1)), "[4, 0]");
    }

    [Fact]
    public void Every_row_of_logits_has_one_selected_class_that_exists()
    {
        const string Name = "CategoricalLogProbability";
        Refuses(Name, () => _tape.CategoricalLogProbability(Of(3, 5), Indices(0, 1)), "[3, 5]", "[2]", "[3]");
        Refuses(Name, () => _tape.CategoricalLogProbability(Of(2, 5), Indices(0, 5)), "class 5", "0 to 4");
        Refuses(Name, () => _tape.CategoricalLogProbability(Of(2, 0), Indices(0, 0)), "[2, 0]");
    }

    [Fact]
    public void Summed_axes_exist()
    {
        Refuses("SumAxis", () => _tape.SumAxis(Of(2, 3), 2), "[2, 3]", "2");
        Refuses("SumAxis", () => _tape.SumAxis(Of(2, 3), -3), "[2, 3]", "-3");
        Refuses("SumAxis", () => _tape.SumLast(Of()), "[]");
    }

    [Fact]
    public void There_is_no_mean_of_nothing() => Refuses("Mean", () => _tape.Mean(Of(0, 3)), "[0, 3]");

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void A_dropout_rate_is_a_probability_below_one(double rate)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => _tape.Dropout(Of(2, 3), rate, RandomKey.FromSeed(1)));
        Assert.Contains("Dropout", error.Message, StringComparison.Ordinal);
        Assert.Contains("[2, 3]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Images_filters_and_picks_of_a_convolution_fit_together()
    {
        var patches = new ImagePatches(new ImageShape(2, 4, 4), new Window(3));
        Refuses("Convolution", () => _tape.Convolution(Of(2, 31), patches, Of(5, 18), null), "[2, 31]", "2x4x4", "32");
        Refuses("Convolution", () => _tape.Convolution(Of(2, 32), patches, Of(5, 9), null), "[5, 9]", "18", "3x3");
        Refuses("Convolution", () => _tape.Convolution(Of(2, 32), patches, Of(5, 18), Of(4)), "[4]", "[5]");
        var picks = IndexTensor.Allocate(new Shape(3, 1));
        Refuses("Convolution", () => _tape.PickedConvolution(Of(2, 32), patches, picks, Of(1, 5, 18), null), "[3, 1]", "2 images");
    }

    [Fact]
    public void Means_of_channels_are_of_images_of_the_given_size() =>
        Refuses("ChannelMeans", () => _tape.ChannelMeans(Of(2, 15), new ImageShape(1, 4, 4)), "[2, 15]", "1x4x4");

    [Fact]
    public void A_pooling_window_always_sees_some_of_the_image()
    {
        var patches = new ImagePatches(new ImageShape(1, 4, 4), new Window(2, 1, 2, 0));
        Refuses("MaxPool", () => _tape.MaxPool(Of(2, 16), patches), "2x2", "2+0");
        Refuses("AveragePool", () => _tape.AveragePool(Of(2, 15), patches), "[2, 15]", "1x4x4");
    }

    private static void Refuses(string operation, Func<object> run, params ReadOnlySpan<string> named)
    {
        string message = Assert.Throws<ShapeException>(run).Message;
        Assert.StartsWith(operation + ":", message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
        foreach (string part in named)
            Assert.Contains(part, message, StringComparison.Ordinal);
    }

    private static IndexTensor Indices(params ReadOnlySpan<int> values) =>
        IndexTensor.From(new Shape(values.Length), values);

    private Tensor Of(params ReadOnlySpan<int> sizes) => _tape.Rent(new Shape(sizes));
}
