using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// How well modules match the rules that made the data, where each datapoint's rule is known (Mittal, Bengio and Lajoie 2022,
/// "Is a Modular Architecture Enough?"). All three measures are 0 for modules that each do the work of one rule, and
/// at most 1.
/// </summary>
/// <remarks>
/// With R rules and M modules, J is the joint distribution of rule and module if all rules are equally frequent: J_rm =
/// p(m|r) / R with p(m|r) the module's share of the rule's uses. So a rule that is seen more often does not weigh more, and where
/// rules are equally frequent J is the counted joint distribution of the paper. Rules that were never seen are left out of R.
/// </remarks>
/// <param name="Alignment">
/// 1 / (2R) Σ_rm |P_rm − R J_rm|, the least over all P with a single 1 in each row, in a column that no other row has. If M is
/// less than R, modules without use are added. It equals 1 − the mean over rules of p(m|r) of the matched module.
/// </param>
/// <param name="InverseMutualInformation">
/// (ln R − I(rule; module)) / ln R, with I of J: 0 if the module tells the rule, 1 if it tells nothing of it.
/// </param>
/// <param name="Adaptation">
/// How far the use of modules is from following the rules' frequencies: the mean over 100 distributions π of rules, drawn from a
/// Dirichlet distribution with all parameters 1, of ½ Σ |π_r − q_m|. There q_m = Σ_r π_r p(m|r) is the use of modules under π,
/// each rule r is paired with its module of <paramref name="Alignment"/>, and rules and modules without a partner are paired
/// with 0. The 100 distributions are always the same.
/// </param>
public sealed record RuleAlignment(double Alignment, double InverseMutualInformation, double Adaptation)
{
    private const int Priors = 100;

    // The matching takes some seconds for so many.
    private const double MostMatchingSteps = 1e10;

    /// <summary>Measures a joint table.</summary>
    /// <param name="table">The uses of modules, with the rule's number as the label.</param>
    /// <returns>The measures; null if less than two rules were seen.</returns>
    /// <exception cref="ArgumentException">There are too many rules and modules to match them in reasonable time: rules² times modules, or rules³, is more than 10^10.</exception>
    public static RuleAlignment? Of(ModuleLabelCounts table)
    {
        ArgumentNullException.ThrowIfNull(table);
        int rules = Enumerable.Range(0, table.Labels).Count(rule => table.OfLabel(rule) > 0);
        if (rules < 2)
            return null;
        RequireMatchable(rules, table.Modules);
        double[][] modulesOfRules = [.. Enumerable.Range(0, table.Labels).Where(rule => table.OfLabel(rule) > 0).Select(rule => Conditional(table, rule))];
        int[] matched = Matching(modulesOfRules);
        return new RuleAlignment(
            1 - matched.Index().Average(match => modulesOfRules[match.Index].ElementAtOrDefault(match.Item)),
            InverseInformation(modulesOfRules),
            Distance(modulesOfRules, matched));
    }

    private static void RequireMatchable(int rules, int modules)
    {
        if ((double)rules * rules * Math.Max(rules, modules) > MostMatchingSteps)
        {
            throw new ArgumentException(
                $"RuleAlignment: {rules} rules and {Counted.Of(modules, "module")} are too many to be matched in reasonable time. Measure fewer of them.");
        }
    }

    /// <summary>p(m|r), <c>[modules]</c>.</summary>
    private static double[] Conditional(ModuleLabelCounts table, int rule) =>
        [.. Enumerable.Range(0, table.Modules).Select(module => (double)table[rule, module] / table.OfLabel(rule))];

    /// <summary>The module of each rule; numbers of M and above stand for modules that are missing.</summary>
    private static int[] Matching(double[][] modulesOfRules)
    {
        int rules = modulesOfRules.Length, modules = modulesOfRules[0].Length;
        double[,] gains = new double[rules, Math.Max(rules, modules)];
        for (int rule = 0; rule < rules; rule++)
        {
            for (int module = 0; module < modules; module++)
                gains[rule, module] = modulesOfRules[rule][module];
        }
        return Assignment.Best(gains);
    }

    private static double InverseInformation(double[][] modulesOfRules)
    {
        double[] equal = [.. Enumerable.Repeat(1.0 / modulesOfRules.Length, modulesOfRules.Length)];
        double information = Entropies.Of(Usage(modulesOfRules, equal)) - modulesOfRules.Average(modules => Entropies.Of(modules));
        return 1 - (Math.Max(0, information) / Math.Log(modulesOfRules.Length));
    }

    private static double Distance(double[][] modulesOfRules, int[] matched)
    {
        var key = RandomKey.FromSeed(0).Split("adaptation");
        double sum = 0;
        for (int i = 0; i < Priors; i++)
        {
            double[] prior = Dirichlet(key.Split((ulong)i), modulesOfRules.Length), usage = Usage(modulesOfRules, prior);
            for (int rule = 0; rule < prior.Length; rule++)
                sum += Math.Abs(prior[rule] - usage.ElementAtOrDefault(matched[rule]));
            sum += usage.Index().Where(module => !matched.Contains(module.Index)).Sum(module => module.Item);
        }
        return sum / (2 * Priors);
    }

    /// <summary>q, the use of each module if the rules have some distribution, <c>[modules]</c>.</summary>
    private static double[] Usage(double[][] modulesOfRules, double[] prior) =>
        [.. Enumerable.Range(0, modulesOfRules[0].Length).Select(module => prior.Index().Sum(rule => rule.Item * modulesOfRules[rule.Index][module]))];

    /// <summary>A distribution of which all are equally likely: exponential numbers over their sum (Devroye 1986, section XI.4).</summary>
    private static double[] Dirichlet(RandomKey key, int count)
    {
        double[] weights = [.. Enumerable.Range(0, count).Select(i => key.Exponential((ulong)i))];
        double total = weights.Sum();
        return [.. weights.Select(weight => weight / total)];
    }
}
