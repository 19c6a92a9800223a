using ModularNetworks.Engine;

namespace ModularNetworks.Data.Tests;

public sealed class ToyRegressionTests
{
    public static TheoryData<ulong> Seeds => [.. Enumerable.Range(0, 20).Select(seed => (ulong)seed)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_problem_is_drawn_as_the_paper_says(ulong seed)
    {
        var toy = ToyRegression.Generate(RandomKey.FromSeed(seed), 10);
        float[] means = toy.Means.ToArray(), r = toy.Rotation.ToArray(), s = toy.Scaling.ToArray();
        Assert.Equal(2, Math.Sqrt((means[0] * means[0]) + (means[1] * means[1])), 5);
        Assert.Equal([-means[0], -means[1]], means[2..]);
        Assert.Equal((1, r[0], -r[1]), (Math.Round((r[0] * r[3]) - (r[1] * r[2]), 5), r[3], r[2]));
        Assert.Equal([0, 0], s[1..3]);
        Assert.All([s[0], s[3]], factor => Assert.InRange(Math.Abs(factor), 0.5f, 2));
        for (int component = 0; component < 2; component++)
            CheckSpread(toy.Spreads.Slice(component * 4, 4));
    }

    [Fact]
    public void Targets_are_the_rotated_or_scaled_inputs()
    {
        var toy = ToyRegression.Generate(RandomKey.FromSeed(1), 50);
        foreach (var points in new[] { toy.Train, toy.HeldOut })
        {
            for (int n = 0; n < points.Count; n++)
            {
                var map = points.Components[n] == 0 ? toy.Rotation : toy.Scaling;
                var x = points.Inputs.Slice(2 * n, 2);
                var y = points.Targets.Slice(2 * n, 2);
                Assert.Equal((map[0] * x[0]) + (map[1] * x[1]), y[0], 5);
                Assert.Equal((map[2] * x[0]) + (map[3] * x[1]), y[1], 5);
            }
        }
    }

    [Fact]
    public void Points_have_the_means_and_covariances_of_their_components()
    {
        var toy = ToyRegression.Generate(RandomKey.FromSeed(2), 20_000);
        Assert.InRange(toy.Train.Components.ToArray().Average(), 0.48, 0.52);
        for (int component = 0; component < 2; component++)
            CheckMoments(toy, component);
    }

    [Fact]
    public void The_sets_differ_and_the_key_decides_both()
    {
        var (one, same) = (ToyRegression.Generate(RandomKey.FromSeed(4)), ToyRegression.Generate(RandomKey.FromSeed(4)));
        Assert.Equal((1000, 1000), (one.Train.Count, one.HeldOut.Count));
        Assert.Equal(one.Train.Inputs.ToArray(), same.Train.Inputs.ToArray());
        Assert.Equal(one.HeldOut.Targets.ToArray(), same.HeldOut.Targets.ToArray());
        Assert.NotEqual(one.Train.Inputs.ToArray(), one.HeldOut.Inputs.ToArray());
        Assert.NotEqual(one.Rotation.ToArray(), ToyRegression.Generate(RandomKey.FromSeed(5)).Rotation.ToArray());
    }

    [Fact]
    public void More_points_leave_the_first_ones_as_they_are()
    {
        var (few, many) = (ToyRegression.Generate(RandomKey.FromSeed(4), 10), ToyRegression.Generate(RandomKey.FromSeed(4), 20));
        Assert.Equal(few.Train.Inputs.ToArray(), many.Train.Inputs[..20].ToArray());
        Assert.Equal(few.Rotation.ToArray(), many.Rotation.ToArray());
    }

    [Fact]
    public void A_problem_without_points_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ToyRegression.Generate(RandomKey.FromSeed(0), 0));

    private static void CheckSpread(ReadOnlySpan<float> a)
    {
        // The columns are the axes times the deviations.
        Assert.Equal(0, (a[0] * a[1]) + (a[2] * a[3]), 5);
        Assert.InRange(Math.Sqrt((a[0] * a[0]) + (a[2] * a[2])), 0.2999, 0.7001);
        Assert.InRange(Math.Sqrt((a[1] * a[1]) + (a[3] * a[3])), 0.2999, 0.7001);
    }

    private static void CheckMoments(ToyRegression toy, int component)
    {
        var points = toy.Train;
        int[] chosen = [.. Enumerable.Range(0, points.Count).Where(n => toy.Train.Components[n] == component)];
        double x = toy.Means[2 * component], y = toy.Means[(2 * component) + 1];
        Assert.Equal(x, chosen.Average(n => toy.Train.Inputs[2 * n]), 0.03);
        Assert.Equal(y, chosen.Average(n => toy.Train.Inputs[(2 * n) + 1]), 0.03);
        var a = toy.Spreads.Slice(4 * component, 4);
        double covariance = (a[0] * a[2]) + (a[1] * a[3]);
        double found = chosen.Average(n => (toy.Train.Inputs[2 * n] - x) * (toy.Train.Inputs[(2 * n) + 1] - y));
        Assert.Equal(covariance, found, 0.02);
    }
}
