using ModularNetworks.Engine;

namespace ModularNetworks.Data;

/// <summary>
/// The problem for recurrent networks of Mittal, Bengio and Lajoie (2022, "Is a Modular Architecture Enough?"): a linear system that is
/// switched by a rule, one of R, drawn anew at every time step. Inputs x_t are standard normal, and the target is the state,
/// <code>
/// y_t = A_c y_{t-1} + B_c x_t      y_0 = 0, c the rule of time step t
/// </code>
/// with the elements of all A_c and B_c drawn from a normal distribution of variance 1/D for D numbers. Then the variance of a number of y_t
/// is about t.
/// </summary>
public static class SwitchingRules
{
    /// <summary>Draws rules and sequences.</summary>
    /// <param name="key">Decides everything.</param>
    /// <param name="rules">R, at least 1.</param>
    /// <param name="size">D, the size of an input and of a state, at least 1.</param>
    /// <param name="length">The number of time steps of a sequence, at least 1.</param>
    /// <param name="sequences">The number of sequences in each of the three parts, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is less than 1, or there would be more numbers than an array can have.</exception>
    /// <exception cref="InsufficientMemoryException">There is no memory for so many numbers.</exception>
    public static SwitchingSplits Generate(RandomKey key, int rules, int size, int length, int sequences)
    {
        foreach (int number in (int[])[rules, size, length, sequences])
            ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((double)rules * size * size, Array.MaxLength, nameof(rules));
        ArgumentOutOfRangeException.ThrowIfGreaterThan((double)sequences * length * size, Array.MaxLength, nameof(sequences));
        return WithinMemory.Make(nameof(SwitchingRules), () => Draw(key, (rules, size, length, sequences)));
    }

    private static SwitchingSplits Draw(RandomKey key, (int Rules, int Size, int Length, int Sequences) sizes)
    {
        double[] ofStates = Matrices(key.Split("states"), sizes.Rules, sizes.Size), ofInputs = Matrices(key.Split("inputs"), sizes.Rules, sizes.Size);
        return new SwitchingSplits(Part("train"), Part("valid"), Part("test"));

        SwitchingSequences Part(string name) => Draw(key.Split(name), ofStates, ofInputs, sizes);
    }

    /// <summary>A matrix for each rule, <c>[rules, size, size]</c>.</summary>
    private static double[] Matrices(RandomKey key, int rules, int size) =>
        [.. Enumerable.Range(0, rules * size * size).Select(i => key.Normal((ulong)i) / Math.Sqrt(size))];

    private static SwitchingSequences Draw(
        RandomKey key, double[] ofStates, double[] ofInputs, (int Rules, int Size, int Length, int Sequences) sizes)
    {
        int steps = sizes.Sequences * sizes.Length, size = sizes.Size;
        var (numberKey, ruleKey) = (key.Split("numbers"), key.Split("rules"));
        float[] inputs = [.. Enumerable.Range(0, steps * size).Select(i => (float)numberKey.Normal((ulong)i))];
        int[] rules = [.. Enumerable.Range(0, steps).Select(step => ruleKey.Below((ulong)step, sizes.Rules))];
        float[] states = new float[steps * size];
        for (int step = 0; step < steps; step++)
        {
            int ofRule = rules[step] * size * size;
            for (int row = 0; row < size; row++)
            {
                double sum = Product(ofInputs, ofRule + (row * size), inputs, step * size, size);
                if (step % sizes.Length > 0)
                    sum += Product(ofStates, ofRule + (row * size), states, (step - 1) * size, size);
                states[(step * size) + row] = (float)sum;
            }
        }
        return new SwitchingSequences(sizes.Length, size, inputs, rules, states);
    }

    private static double Product(double[] matrix, int row, float[] vectors, int vector, int size)
    {
        double sum = 0;
        for (int i = 0; i < size; i++)
            sum += matrix[row + i] * vectors[vector + i];
        return sum;
    }
}
