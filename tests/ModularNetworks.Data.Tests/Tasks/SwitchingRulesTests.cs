using ModularNetworks.Engine;

namespace ModularNetworks.Data.Tests;

public sealed class SwitchingRulesTests
{
    private static readonly RandomKey Key = RandomKey.FromSeed(5);

    [Fact]
    public void The_rule_of_each_step_maps_state_and_input_to_the_next_state_in_all_parts()
    {
        var splits = SwitchingRules.Generate(Key, rules: 3, size: 1, length: 6, sequences: 50);
        var coefficients = new Dictionary<int, (double A, double B)>();
        foreach (var part in (SwitchingSequences[])[splits.Train, splits.Valid, splits.Test])
        {
            Assert.Equal((50, 6, 1), (part.Count, part.Length, part.Size));
            foreach (var (sequence, step) in Places(part))
            {
                int rule = part.RuleOf(sequence, step);
                if (!coefficients.TryGetValue(rule, out var line))
                    coefficients[rule] = line = Solve(part, rule);
                double before = step == 0 ? 0 : part.TargetOf(sequence, step - 1)[0];
                Assert.Equal((line.A * before) + (line.B * part.InputOf(sequence, step)[0]), part.TargetOf(sequence, step)[0], 1e-4);
            }
        }
        Assert.Equal([0, 1, 2], coefficients.Keys.Order());
        Assert.Equal(3, coefficients.Values.Distinct().Count());
    }

    [Fact]
    public void The_variance_of_states_grows_by_one_with_every_step()
    {
        // Many rules, so that the variances of their matrices are averaged.
        var train = SwitchingRules.Generate(Key, rules: 32, size: 8, length: 4, sequences: 2000).Train;
        for (int t = 0; t < train.Length; t++)
        {
            double variance = Enumerable.Range(0, train.Count).Average(n => train.TargetOf(n, t).ToArray().Average(number => (double)number * number));
            Assert.InRange(variance / (t + 1), 0.8, 1.25);
        }
    }

    [Fact]
    public void The_key_decides_everything_and_parts_differ()
    {
        var (first, again) = (SwitchingRules.Generate(Key, 2, 3, 4, 5), SwitchingRules.Generate(Key, 2, 3, 4, 5));
        Assert.Equal(first.Test.TargetOf(4, 3).ToArray(), again.Test.TargetOf(4, 3).ToArray());
        Assert.NotEqual(first.Test.InputOf(4, 3).ToArray(), first.Train.InputOf(4, 3).ToArray());
    }

    [Theory]
    [InlineData(0, 1, 1, 1)]
    [InlineData(1, 0, 1, 1)]
    [InlineData(1, 1, 0, 1)]
    [InlineData(1, 1, 1, 0)]
    [InlineData(1, 100_000, 1, 1)]
    [InlineData(1, 1, 100_000, 100_000)]
    public void Sizes_out_of_range_are_refused(int rules, int size, int length, int sequences) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => SwitchingRules.Generate(Key, rules, size, length, sequences));

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(5, 0)]
    [InlineData(0, -1)]
    [InlineData(0, 4)]
    public void Places_out_of_range_are_refused(int sequence, int step)
    {
        var test = SwitchingRules.Generate(Key, rules: 2, size: 3, length: 4, sequences: 5).Test;
        Assert.Throws<ArgumentOutOfRangeException>(() => test.RuleOf(sequence, step));
        Assert.Throws<ArgumentOutOfRangeException>(() => test.InputOf(sequence, step).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => test.TargetOf(sequence, step).Length);
    }

    private static IEnumerable<(int Sequence, int Step)> Places(SwitchingSequences part) =>
        from sequence in Enumerable.Range(0, part.Count)
        from step in Enumerable.Range(0, part.Length)
        select (sequence, step);

    /// <summary>A and B of a rule, from a first step, which has no state before it, and a later one.</summary>
    private static (double A, double B) Solve(SwitchingSequences part, int rule)
    {
        var places = Places(part).Where(place => part.RuleOf(place.Sequence, place.Step) == rule).ToList();
        var (first, _) = places.First(place => place.Step == 0);
        double b = part.TargetOf(first, 0)[0] / (double)part.InputOf(first, 0)[0];
        // The larger the state before, the less rounding matters.
        var (later, step) = places.Where(place => place.Step > 0).MaxBy(place => Math.Abs(part.TargetOf(place.Sequence, place.Step - 1)[0]));
        double a = (part.TargetOf(later, step)[0] - (b * part.InputOf(later, step)[0])) / part.TargetOf(later, step - 1)[0];
        return (a, b);
    }
}
