using ModularNetworks.Engine;

namespace ModularNetworks.Data;

/// <summary>
/// The problem for perceptrons of Mittal, Bengio and Lajoie (2022, "Is a Modular Architecture Enough?"): a datapoint has two
/// standard normal numbers and one of R rules, all equally probable, and its target is
/// <code>
/// y = a_c x_1 + b_c x_2      or the sign of it, with standard normal a_c and b_c for each rule c
/// </code>
/// The vector is x_1, x_2 and the rule's number in R numbers (one-hot): <c>[2 + R]</c>.
/// </summary>
public static class MlpRules
{
    private const int Numbers = 2;

    /// <summary>Draws rules and datapoints.</summary>
    /// <param name="key">Decides everything.</param>
    /// <param name="rules">R, at least 1.</param>
    /// <param name="points">The number of datapoints in each of the three parts, at least 1.</param>
    /// <param name="target">The kind of targets.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is less than 1.</exception>
    /// <exception cref="InsufficientMemoryException">There is no memory for so many points.</exception>
    public static TaskSplits Generate(RandomKey key, int rules, int points, RuleTarget target)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rules, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(points, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((double)points * (Numbers + (double)rules), Array.MaxLength, nameof(rules));
        ArgumentOutOfRangeException.ThrowIfGreaterThan((double)Numbers * rules, Array.MaxLength, nameof(rules));
        return WithinMemory.Make(nameof(MlpRules), () => Draw(key, rules, points, target));
    }

    private static TaskSplits Draw(RandomKey key, int rules, int points, RuleTarget target)
    {
        var ruleKey = key.Split("rules");
        double[] coefficients = [.. Enumerable.Range(0, Numbers * rules).Select(i => ruleKey.Normal((ulong)i))];
        return new TaskSplits(Part("train"), Part("valid"), Part("test")) { ShowsTasks = true };

        TaskPoints Part(string name) => Draw(key.Split(name), coefficients, points, target);
    }

    private static TaskPoints Draw(RandomKey key, double[] coefficients, int points, RuleTarget target)
    {
        int rules = coefficients.Length / Numbers, features = Numbers + rules;
        var (numberKey, ruleKey) = (key.Split("numbers"), key.Split("rules"));
        var inputs = new float[points * features];
        var (tasks, targets) = (new int[points], new float[points]);
        for (int n = 0; n < points; n++)
        {
            int rule = tasks[n] = ruleKey.Below((ulong)n, rules);
            var input = inputs.AsSpan(n * features, features);
            input[Numbers + rule] = 1;
            double sum = 0;
            for (int i = 0; i < Numbers; i++)
            {
                input[i] = (float)numberKey.Normal((ulong)((Numbers * n) + i));
                sum += coefficients[(Numbers * rule) + i] * input[i];
            }
            targets[n] = (float)sum;
        }
        var rows = VectorRows.Of(inputs, features);
        string[] names = [.. Enumerable.Range(1, rules).Select(rule => $"rule {rule}")];
        return target == RuleTarget.Regression
            ? TaskPoints.OfNumbers(rows, names, tasks, targets)
            : TaskPoints.OfClasses(rows, names, tasks, ["negative", "positive"], [.. targets.Select(number => number < 0 ? 0 : 1)]);
    }
}
