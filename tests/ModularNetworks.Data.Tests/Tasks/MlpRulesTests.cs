using ModularNetworks.Engine;

namespace ModularNetworks.Data.Tests;

public sealed class MlpRulesTests
{
    private const int Points = 4000;

    private static readonly RandomKey Key = RandomKey.FromSeed(5);

    [Theory]
    [InlineData(2)]
    [InlineData(32)]
    public void Targets_are_linear_in_the_numbers_within_each_rule_and_the_same_in_all_parts(int rules)
    {
        var splits = MlpRules.Generate(Key, rules, Points, RuleTarget.Regression);
        var coefficients = new Dictionary<int, (double A, double B)>();
        foreach (var points in (TaskPoints[])[splits.Train, splits.Valid, splits.Test])
        {
            Assert.Equal((Points, 2 + rules), (points.Count, points.Inputs.Features));
            for (int n = 0; n < points.Count; n++)
            {
                float[] row = Row(points, n);
                Assert.Equal(Enumerable.Range(0, rules).Select(rule => rule == points.Tasks[n] ? 1f : 0), row[2..]);
                if (!coefficients.TryGetValue(points.Tasks[n], out var line))
                    coefficients[points.Tasks[n]] = line = Solve(points, points.Tasks[n]);
                Assert.Equal((line.A * row[0]) + (line.B * row[1]), points.Targets[n], 1e-3);
            }
        }
        Assert.Equal(rules, coefficients.Count);
        Assert.Equal(rules, coefficients.Values.Distinct().Count());
    }

    [Fact]
    public void Numbers_are_standard_normal_and_rules_equally_probable()
    {
        var points = MlpRules.Generate(Key, 4, Points, RuleTarget.Regression).Train;
        double[] numbers = [.. Enumerable.Range(0, Points).SelectMany(n => Row(points, n)[..2]).Select(number => (double)number)];
        Assert.Equal(0, numbers.Average(), 0.06);
        Assert.Equal(1, numbers.Average(number => number * number), 0.1);
        int[] tasks = points.Tasks.ToArray();
        Assert.All(Enumerable.Range(0, 4), rule => Assert.InRange(tasks.Count(task => task == rule), 850, 1150));
    }

    [Fact]
    public void Classes_are_the_signs_of_the_numbers()
    {
        var numbers = MlpRules.Generate(Key, 3, 200, RuleTarget.Regression).Test;
        var classes = MlpRules.Generate(Key, 3, 200, RuleTarget.Classification).Test;
        Assert.Equal(numbers.Targets.ToArray().Select(number => number < 0 ? 0 : 1), classes.Labels.ToArray());
        Assert.Equal(["negative", "positive"], classes.Classes);
        Assert.Empty(numbers.Classes);
        Assert.Equal(Row(numbers, 7), Row(classes, 7));
    }

    [Fact]
    public void Parts_and_keys_differ()
    {
        var splits = MlpRules.Generate(Key, 3, 50, RuleTarget.Regression);
        var other = MlpRules.Generate(RandomKey.FromSeed(6), 3, 50, RuleTarget.Regression);
        float[][] targets = [splits.Train.Targets.ToArray(), splits.Valid.Targets.ToArray(), splits.Test.Targets.ToArray(), other.Train.Targets.ToArray()];
        Assert.Equal(4, targets.Select(part => string.Join(' ', part)).Distinct().Count());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(65_537)]
    [InlineData(int.MaxValue)]
    public void Random_tasks_are_bounded(int tasks)
    {
        var points = TaskPoints.OfNumbers([[1f]], ["one"], [0], [1f]);
        Assert.Throws<ArgumentOutOfRangeException>(() => points.WithRandomTasks(tasks, Key));
    }

    [Fact]
    public void Random_tasks_replace_the_numbers_of_the_tasks_alone()
    {
        var splits = MlpRules.Generate(Key, 3, Points, RuleTarget.Regression);
        var random = splits.WithRandomTasks(5, Key.Split("tasks"));
        foreach (var (before, after) in ((TaskPoints, TaskPoints)[])
            [(splits.Train, random.Train), (splits.Valid, random.Valid), (splits.Test, random.Test)])
        {
            Assert.Same(before.Inputs, after.Inputs);
            Assert.Equal(before.Targets.ToArray(), after.Targets.ToArray());
            Assert.Equal(5, after.TaskNames.Count);
            int[] was = before.Tasks.ToArray(), now = after.Tasks.ToArray();
            for (int rule = 0; rule < 3; rule++)
            {
                int[] ofRule = [.. Enumerable.Range(0, Points).Where(n => was[n] == rule).Select(n => now[n])];
                Assert.All(Enumerable.Range(0, 5), task => Assert.Equal(0.2, ofRule.Count(other => other == task) / (double)ofRule.Length, 0.06));
            }
        }
        Assert.NotEqual(random.Train.Tasks.ToArray(), random.Valid.Tasks.ToArray());
    }

    [Fact]
    public void Points_without_a_target_or_a_name_are_refused()
    {
        var rows = MlpRules.Generate(Key, 2, 2, RuleTarget.Regression).Train.Inputs;
        Assert.Throws<ArgumentException>(() => TaskPoints.OfNumbers(rows, ["a"], [0, 0], [1f]));
        var error = Assert.Throws<ArgumentException>(() => TaskPoints.OfNumbers(rows, ["a"], [0, 1], [1f, 2f]));
        Assert.Equal("TaskPoints: a datapoint has task 1, but 1 are named; numbers are from 0 to 0.", error.Message);
        Assert.Throws<ArgumentException>(() => TaskPoints.OfClasses(rows, ["a"], [0, 0], ["x", "y"], [0, 2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => MlpRules.Generate(Key, 0, 2, RuleTarget.Regression));
    }

    /// <summary>The coefficients of a rule, from two of its datapoints that are far from parallel.</summary>
    private static (double A, double B) Solve(TaskPoints points, int task)
    {
        int[] ofTask = [.. Enumerable.Range(0, points.Count).Where(n => points.Tasks[n] == task)];
        var (first, second) = ofTask.SelectMany(n => ofTask.Select(m => (First: n, Second: m)))
            .First(pair => Math.Abs(Determinant(Row(points, pair.First), Row(points, pair.Second))) > 1);
        float[] one = Row(points, first), other = Row(points, second);
        double determinant = Determinant(one, other), y = points.Targets[first], z = points.Targets[second];
        return (((y * other[1]) - (z * one[1])) / determinant, ((z * one[0]) - (y * other[0])) / determinant);
    }

    private static double Determinant(float[] one, float[] other) => ((double)one[0] * other[1]) - ((double)one[1] * other[0]);

    private static float[] Row(TaskPoints points, int row)
    {
        var features = new float[points.Inputs.Features];
        points.Inputs.CopyTo(row, features);
        return features;
    }
}
