using ModularNetworks.Engine;

namespace ModularNetworks.Tests;

public sealed class RuleAlignmentTests
{
    private const double Tolerance = 1e-12;

    [Fact]
    public void A_module_for_each_rule_is_perfect_however_often_rules_are_seen()
    {
        Assert.Equal(new RuleAlignment(0, 0, 0), Rounded(Measure(new[,] { { 0, 5, 0 }, { 0, 0, 90 }, { 1, 0, 0 } })));
        Assert.Equal(new RuleAlignment(0, 0, 0), Rounded(Measure(new[,] { { 0, 0, 5, 0 }, { 9, 0, 0, 0 } })));
    }

    [Fact]
    public void Modules_that_do_not_look_at_the_rule_tell_nothing_of_it()
    {
        // Each rule uses both modules equally: half of each row is in the right place, and the usage stays (½, ½).
        var measured = Measure(new[,] { { 3, 3 }, { 4, 4 } });
        Assert.Equal((0.5, 1.0), (measured.Alignment, measured.InverseMutualInformation));
        // E|π − ½| of a uniform π is ¼; 100 draws come close to it.
        Assert.InRange(measured.Adaptation, 0.2, 0.3);
    }

    [Fact]
    public void One_module_for_all_rules_serves_one_of_them()
    {
        var measured = Measure(new[,] { { 0, 2, 0 }, { 0, 2, 0 }, { 0, 2, 0 } });
        Assert.Equal(2.0 / 3, measured.Alignment, Tolerance);
        Assert.Equal(1, measured.InverseMutualInformation, Tolerance);
    }

    [Fact]
    public void Rules_without_a_module_of_their_own_are_not_aligned()
    {
        var measured = Measure(new[,] { { 4, 0 }, { 0, 4 }, { 4, 0 }, { 0, 4 } });
        Assert.Equal(0.5, measured.Alignment, Tolerance);
        Assert.Equal(1 - (Math.Log(2) / Math.Log(4)), measured.InverseMutualInformation, Tolerance);
    }

    [Theory]
    [InlineData(4, 4)]
    [InlineData(3, 5)]
    [InlineData(5, 3)]
    public void All_measures_are_those_of_trying_every_permutation(int rules, int modules)
    {
        for (ulong seed = 0; seed < 10; seed++)
        {
            int[,] table = new int[rules, modules];
            for (int i = 0; i < rules * modules; i++)
                table[i / modules, i % modules] = 1 + RandomKey.FromSeed(seed).Below((ulong)i, 50);
            var (matching, alignment) = BruteForce(table);
            var measured = Measure(table);
            Assert.Equal(alignment, measured.Alignment, Tolerance);
            Assert.Equal(1 - (Information(table) / Math.Log(rules)), measured.InverseMutualInformation, Tolerance);
            Assert.Equal(Adaptation(table, matching), measured.Adaptation, Tolerance);
        }
    }

    [Fact]
    public void Rules_that_were_never_seen_do_not_count()
    {
        Assert.Equal(Measure(new[,] { { 3, 1 }, { 2, 2 } }), Measure(new[,] { { 3, 1 }, { 0, 0 }, { 2, 2 } }));
        Assert.Null(RuleAlignment.Of(Count(new[,] { { 3, 1 }, { 0, 0 } })));
    }

    /// <summary>1 / (2R) Σ |P − R J| for all P, with columns of zeros where modules are missing.</summary>
    private static (int[] Matching, double Alignment) BruteForce(int[,] table)
    {
        int rules = table.GetLength(0), columns = Math.Max(rules, table.GetLength(1));
        double Cost(int[] matching) => Enumerable.Range(0, rules * columns).Sum(i => Math.Abs(
            (matching[i / columns] == i % columns ? 1 : 0) - (rules * Joint(table, i / columns, i % columns)))) / (2 * rules);
        var best = Permutations.Of(rules, columns).MinBy(Cost)!;
        return (best, Cost(best));
    }

    private static double Information(int[,] table)
    {
        int rules = table.GetLength(0), modules = table.GetLength(1);
        return Enumerable.Range(0, rules * modules).Sum(i =>
        {
            double joint = Joint(table, i / modules, i % modules);
            double ofModule = Enumerable.Range(0, rules).Sum(rule => Joint(table, rule, i % modules));
            return joint * Math.Log(joint / (ofModule / rules));
        });
    }

    private static double Adaptation(int[,] table, int[] matching)
    {
        int rules = table.GetLength(0), columns = Math.Max(rules, table.GetLength(1));
        return Enumerable.Range(0, 100).Average(prior =>
        {
            var key = RandomKey.FromSeed(0).Split("adaptation").Split((ulong)prior);
            double[] weights = [.. Enumerable.Range(0, rules).Select(rule => key.Exponential((ulong)rule))];
            double[] frequencies = new double[columns], usage = new double[columns];
            for (int rule = 0; rule < rules; rule++)
            {
                frequencies[matching[rule]] = weights[rule] / weights.Sum();
                for (int module = 0; module < columns; module++)
                    usage[module] += weights[rule] / weights.Sum() * rules * Joint(table, rule, module);
            }
            return frequencies.Zip(usage, (frequency, share) => Math.Abs(frequency - share)).Sum() / 2;
        });
    }

    [Fact]
    public void So_many_rules_that_matching_them_would_not_end_are_refused()
    {
        var table = new ModuleLabelCounts(labels: 50_000, modules: 1);
        for (int rule = 0; rule < table.Labels; rule++)
            table.Add(rule, 0);
        Assert.StartsWith(
            "RuleAlignment: 50000 rules and 1 module are too many", Assert.Throws<ArgumentException>(() => RuleAlignment.Of(table)).Message, StringComparison.Ordinal);
    }

    private static double Joint(int[,] table, int rule, int module)
    {
        int modules = table.GetLength(1);
        return module < modules
            ? (double)table[rule, module] / Enumerable.Range(0, modules).Sum(other => table[rule, other]) / table.GetLength(0)
            : 0;
    }

    private static RuleAlignment Measure(int[,] table) => RuleAlignment.Of(Count(table))!;

    private static RuleAlignment Rounded(RuleAlignment measured) => new(
        Math.Round(measured.Alignment, 12), Math.Round(measured.InverseMutualInformation, 12), Math.Round(measured.Adaptation, 12));

    private static ModuleLabelCounts Count(int[,] table)
    {
        int rules = table.GetLength(0), modules = table.GetLength(1);
        var counts = new ModuleLabelCounts(rules, modules);
        for (int i = 0; i < rules * modules; i++)
        {
            for (int use = 0; use < table[i / modules, i % modules]; use++)
                counts.Add(i / modules, i % modules);
        }
        return counts;
    }
}
