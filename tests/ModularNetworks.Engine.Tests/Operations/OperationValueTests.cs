namespace ModularNetworks.Engine.Tests;

public sealed class OperationValueTests : IDisposable
{
    private readonly WorkerPool _workers = new(2);
    private readonly Tape _tape;

    public OperationValueTests() => _tape = new Tape(SimdKernels.Create(_workers));

    public void Dispose() => _workers.Dispose();

    [Fact]
    public void Softplus_neither_overflows_nor_vanishes()
    {
        var y = _tape.Softplus(Row(-60, -20, 0, 20, 1000)).Values;
        Assert.Equal(Math.Exp(-60), y[0], Math.Exp(-60) * 1e-5);
        Assert.Equal(Math.Exp(-20), y[1], Math.Exp(-20) * 1e-5);
        Assert.Equal(Math.Log(2), y[2], 1e-6);
        Assert.Equal(20, y[3], 1e-5);
        Assert.Equal(1000, y[4]);
    }

    [Fact]
    public void Softmax_is_safe_for_large_logits()
    {
        Assert.Equal([0.5f, 0.5f, 0], _tape.Softmax(Row(1e30f, 1e30f, -1e30f)).Values.ToArray());
        Assert.Equal([0, 1], _tape.Softmax(Row(float.NegativeInfinity, 3)).Values.ToArray());
    }

    [Fact]
    public void Log_probabilities_are_exact_far_from_the_maximum()
    {
        var logits = _tape.Constant(new Shape(2, 3), [10_000, 9_000, 9_000, -500, -400, -900]);
        var selected = IndexTensor.From(new Shape(2), [1, 0]);
        Assert.Equal([-1000, -100], _tape.CategoricalLogProbability(logits, selected).Values.ToArray());
        float[] expected = [0, -1000, -1000, -100, 0, -500];
        var logarithms = _tape.LogSoftmax(logits).Values;
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], logarithms[i], 1e-6f);
    }

    [Fact]
    public void Many_rows_give_what_each_row_gives_alone()
    {
        const int Rows = 3000, Classes = 7;
        var values = Uniforms(Rows * Classes);
        var all = _tape.Softmax(_tape.Constant(new Shape(Rows, Classes), values)).Values;
        foreach (int row in new[] { 0, 1, 584, 585, 1500, Rows - 1 })
        {
            var exps = values.Skip(row * Classes).Take(Classes).Select(value => Math.Exp(value)).ToArray();
            for (int i = 0; i < Classes; i++)
                Assert.Equal(exps[i] / exps.Sum(), all[(row * Classes) + i], 1e-6);
        }
    }

    [Fact]
    public void Samples_follow_the_distribution()
    {
        const int Rows = 20_000;
        float[] p = [0.1f, 0.0f, 0.6f, 0.3f];
        var logits = new float[Rows * 4];
        for (int i = 0; i < logits.Length; i++)
            logits[i] = MathF.Log(p[i % 4]);
        var samples = _tape.SampleCategorical(_tape.Constant(new Shape(Rows, 4), logits), RandomKey.FromSeed(9));
        for (int choice = 0; choice < 4; choice++)
            Assert.Equal(p[choice], samples.Values.ToArray().Count(sample => sample == choice) / (double)Rows, 0.012);
        Assert.DoesNotContain(1, samples.Values.ToArray());
    }

    [Fact]
    public void A_row_is_sampled_by_its_own_number_alone()
    {
        var key = RandomKey.FromSeed(9);
        var values = Uniforms(100 * 5);
        var all = _tape.SampleCategorical(_tape.Constant(new Shape(10, 10, 5), values), key);
        Assert.Equal(new Shape(10, 10), all.Shape);
        var some = _tape.SampleCategorical(_tape.Constant(new Shape(20, 5), values.AsSpan(..100)), key);
        Assert.Equal(all.Values[..20].ToArray(), some.Values.ToArray());
    }

    [Theory]
    [InlineData(3)]
    [InlineData(40)]
    public void Shared_probabilities_give_the_same_samples_and_log_probabilities(int classes)
    {
        var key = RandomKey.FromSeed(9);
        var logits = _tape.Constant(new Shape(700, classes), Uniforms(700 * classes));
        var rows = _tape.Categorical(logits);
        var samples = _tape.SampleCategorical(rows, key);
        Assert.Equal(_tape.SampleCategorical(logits, key).Values.ToArray(), samples.Values.ToArray());
        Assert.True(_tape.CategoricalLogProbability(rows, samples).HasSameBits(_tape.CategoricalLogProbability(logits, samples)));
        Assert.True(rows.Probabilities.HasSameBits(_tape.Softmax(logits)));
    }

    [Fact]
    public void Repeated_rows_give_the_same_as_copies()
    {
        const int Rows = 150, Copies = 3, Classes = 5;
        var key = RandomKey.FromSeed(9);
        float[] values = Uniforms(Rows * Classes);
        var repeated = _tape.Categorical(_tape.Constant(new Shape(Rows, Classes), values)).Repeat(Copies);
        var copies = _tape.Categorical(_tape.Constant(new Shape(Copies * Rows, Classes), [.. values, .. values, .. values]));
        var samples = _tape.SampleCategorical(repeated, key);
        Assert.Equal(_tape.SampleCategorical(copies, key).Values.ToArray(), samples.Values.ToArray());
        Assert.True(_tape.CategoricalLogProbability(copies, samples).HasSameBits(_tape.CategoricalLogProbability(repeated, samples)));
    }

    [Fact]
    public void Samples_of_long_rows_invert_the_cumulative_distribution()
    {
        const int Rows = 300, Columns = 130;
        var key = RandomKey.FromSeed(4);
        var rows = _tape.Categorical(_tape.Constant(
            new Shape(Rows, Columns),
            [.. Enumerable.Range(0, Rows * Columns).Select(i => i % 3 == 0 ? -100f : 3 * key.Uniform((ulong)i))]));
        var samples = _tape.SampleCategorical(rows, key).Values;
        for (int row = 0; row < Rows; row++)
        {
            float[] p = rows.Probabilities.Values.Slice(row * Columns, Columns).ToArray();
            double threshold = key.Uniform((ulong)row) * p.Sum(value => (double)value);
            Assert.InRange(threshold, p[..samples[row]].Sum(value => (double)value), p[..(samples[row] + 1)].Sum(value => (double)value));
            Assert.NotEqual(0, p[samples[row]]);
        }
    }

    [Fact]
    public void A_row_has_the_same_bits_in_any_batch()
    {
        var values = Uniforms(900 * 7);
        var together = _tape.Softmax(_tape.Constant(new Shape(900, 7), values)).Values.ToArray();
        for (int row = 0; row < 900; row += 123)
        {
            var alone = _tape.Softmax(_tape.Constant(new Shape(1, 7), values.AsSpan(row * 7, 7)));
            Assert.Equal(together.AsSpan(row * 7, 7).ToArray(), alone.Values.ToArray());
        }
    }

    [Fact]
    public void The_lowest_of_equally_probable_classes_wins()
    {
        var logits = _tape.Constant(new Shape(3, 3), [1, 2, 2, 5, 5, 5, -1, -2, 0]);
        Assert.Equal([1, 0, 2], _tape.MostProbable(logits).Values.ToArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(4097)]
    [InlineData(9001)]
    public void Normal_numbers_are_those_of_the_key(int count)
    {
        var key = RandomKey.FromSeed(4);
        var twice = new Tape(new PlainKernels<double>(_workers)).StandardNormal(new Shape(count), key).As<double>();
        var single = _tape.StandardNormal(new Shape(1, count), key).Values;
        for (int i = 0; i < count; i++)
        {
            Assert.Equal(key.Normal((ulong)i), twice[i], 1e-13);
            Assert.Equal((float)twice[i], single[i]);
        }
    }

    [Fact]
    public void The_normal_distribution_is_exact_to_its_ends()
    {
        // Abramowitz and Stegun, tables 26.1 and 26.2.
        Assert.Equal(0.5, NormalDistribution.Cumulative(0));
        Assert.Equal(0.841344746068543, NormalDistribution.Cumulative(1), 1e-15);
        Assert.Equal(0.022750131948179, NormalDistribution.Cumulative(-2), 1e-15);
        Assert.Equal(2.866515719e-7, NormalDistribution.Cumulative(-5), 1e-15);
        Assert.Equal(1, NormalDistribution.Cumulative(8.3), 1e-15);
        Assert.Equal((0, 1), (NormalDistribution.Cumulative(-40), NormalDistribution.Cumulative(double.PositiveInfinity)));
        Assert.Equal(double.NaN, NormalDistribution.Cumulative(double.NaN));
        for (double x = -8.5; x < 8.5; x += 0.01)
            Assert.Equal(1, NormalDistribution.Cumulative(x) + NormalDistribution.Cumulative(-x), 1e-15);
    }

    [Fact]
    public void A_deviation_of_zero_makes_probabilities_certain_and_constant()
    {
        var means = new Parameter("means", new Shape(6));
        new[] { -1f, 0, 1, 1, -1e-30f, 1e30f }.CopyTo(means.Value.Values);
        var deviations = new Parameter("deviations", new Shape(6));
        new[] { 0, 0, 0, float.Epsilon, 1e-20f, 1e-9f }.CopyTo(deviations.Value.Values);
        var probabilities = _tape.NormalProbability(means.Value, deviations.Value);
        Assert.Equal([0, 0.5f, 1, 1, 0, 1], probabilities.Values.ToArray());
        _tape.Backward(_tape.Sum(probabilities));
        Assert.Equal(new float[6], means.Gradient.Values.ToArray());
        Assert.Equal(new float[6], deviations.Gradient.Values.ToArray());
        Assert.True(float.IsNaN(_tape.NormalProbability(Row(float.NaN), Row(0)).Values[0]));
        Assert.True(float.IsNaN(_tape.NormalProbability(Row(1), Row(float.NaN)).Values[0]));
    }

    [Fact]
    public void Numbers_with_a_mean_of_zero_have_no_variation()
    {
        var x = new Parameter("x", new Shape(3));
        new[] { -1f, 0, 1 }.CopyTo(x.Value.Values);
        var variation = _tape.SquaredVariation(x.Value);
        Assert.Equal(0, variation.ToScalar());
        _tape.Backward(variation);
        Assert.Equal(new float[3], x.Gradient.Values.ToArray());
        Assert.Equal(0.25, _tape.SquaredVariation(Row(1, 3)).ToScalar());
        Assert.Equal(0, _tape.SquaredVariation(Row(5)).ToScalar());
    }

    [Fact]
    public void The_places_of_the_largest_elements_are_found_row_by_row()
    {
        var x = _tape.Constant(new Shape(2, 1, 4), [1, 4, 2, 3, 9, 9, 0, 9]);
        var places = _tape.TopK(x, 3);
        Assert.Equal(new Shape(2, 1, 3), places.Shape);
        Assert.Equal([1, 3, 2, 0, 1, 3], places.Values.ToArray());
    }

    [Fact]
    public void Dropout_keeps_the_mean_and_drops_its_share()
    {
        var x = _tape.Constant(new Shape(20_000), Enumerable.Repeat(1f, 20_000).ToArray());
        var y = _tape.Dropout(x, 0.25, RandomKey.FromSeed(2)).Values.ToArray();
        Assert.Equal([0, 1 / 0.75f], y.Distinct().Order());
        Assert.Equal(0.25, y.Count(value => value == 0) / 20_000.0, 0.01);
    }

    [Fact]
    public void Without_dropout_the_input_is_returned()
    {
        var x = Row(1, 2);
        Assert.Same(x, _tape.Dropout(x, 0, RandomKey.FromSeed(2)));
    }

    [Fact]
    public void Long_sums_do_not_lose_small_terms()
    {
        const int Count = 1 << 22;
        var x = _tape.Rent(new Shape(Count));
        x.Values.Fill(0.1f);
        Assert.Equal(0.1f, _tape.Mean(x).ToScalar(), 2e-7);
        Assert.Equal(0.1f * (double)Count, _tape.Sum(x).ToScalar(), 0.8);
    }

    [Fact]
    public void Results_do_not_depend_on_the_number_of_threads()
    {
        using var one = new WorkerPool(1);
        using var three = new WorkerPool(3);
        Assert.Equal(Evaluate(one), Evaluate(three));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void The_largest_number_of_a_window_is_NaN_wherever_one_is(int place)
    {
        float[] image = [4, 3, 2, 1];
        image[place] = float.NaN;
        var patches = new ImagePatches(new ImageShape(1, 2, 2), new Window(2));
        Assert.Equal([float.NaN], _tape.MaxPool(_tape.Constant(new Shape(1, 4), image), patches).Values.ToArray());
    }

    [Fact]
    public void Empty_tensors_pass_through()
    {
        var empty = _tape.Rent(new Shape(0, 3));
        Assert.Equal(new Shape(0, 3), _tape.Softmax(_tape.Tanh(_tape.AddBias(empty, Row(1, 2, 3)))).Shape);
        Assert.Equal(0, _tape.Sum(empty).ToScalar());
        Assert.Equal([0, 0, 0], _tape.SumAxis(empty, 0).Values.ToArray());
        Assert.Equal(new Shape(0), _tape.MostProbable(empty).Shape);
    }

    /// <summary>Gradients of a loss over enough elements for several blocks.</summary>
    private static float[] Evaluate(WorkerPool workers)
    {
        var parameter = new Parameter("x", new Shape(4000, 9));
        Uniforms(36_000).CopyTo(parameter.Value.Values);
        var tape = new Tape(SimdKernels.Create(workers));
        var hidden = tape.Tanh(parameter.Value);
        var choices = tape.SampleCategorical(hidden, RandomKey.FromSeed(1));
        tape.Backward(tape.Mean(tape.CategoricalLogProbability(hidden, choices)));
        return parameter.Gradient.Values.ToArray();
    }

    private static float[] Uniforms(int count) =>
        [.. Enumerable.Range(0, count).Select(i => (4 * RandomKey.FromSeed(8).Uniform((ulong)i)) - 2)];

    private Tensor Row(params ReadOnlySpan<float> values) => _tape.Constant(new Shape(values.Length), values);
}
