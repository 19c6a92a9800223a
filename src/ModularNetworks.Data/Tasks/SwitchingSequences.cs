namespace ModularNetworks.Data;

/// <summary>Sequences of vectors with a rule and a target vector at every time step.</summary>
public sealed class SwitchingSequences
{
    private readonly float[] _inputs;
    private readonly int[] _rules;
    private readonly float[] _targets;

    /// <summary>Keeps sequences.</summary>
    /// <param name="length">The number of time steps of a sequence.</param>
    /// <param name="size">The size of an input and of a target.</param>
    /// <param name="inputs"><c>[sequences, steps, size]</c>.</param>
    /// <param name="rules">The number of the rule at each time step, <c>[sequences, steps]</c>.</param>
    /// <param name="targets"><c>[sequences, steps, size]</c>.</param>
    internal SwitchingSequences(int length, int size, float[] inputs, int[] rules, float[] targets) =>
        (Length, Size, _inputs, _rules, _targets) = (length, size, inputs, rules, targets);

    /// <summary>The number of sequences.</summary>
    public int Count => _rules.Length / Length;

    /// <summary>The number of time steps of a sequence.</summary>
    public int Length { get; }

    /// <summary>The size of an input and of a target.</summary>
    public int Size { get; }

    /// <summary>The number of the rule at a time step of a sequence.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sequence, or no such step.</exception>
    public int RuleOf(int sequence, int step) => _rules[Place(sequence, step)];

    /// <summary>The input at a time step of a sequence, <c>[size]</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sequence, or no such step.</exception>
    public ReadOnlySpan<float> InputOf(int sequence, int step) => _inputs.AsSpan(Place(sequence, step) * Size, Size);

    /// <summary>The target at a time step of a sequence, <c>[size]</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such sequence, or no such step.</exception>
    public ReadOnlySpan<float> TargetOf(int sequence, int step) => _targets.AsSpan(Place(sequence, step) * Size, Size);

    private int Place(int sequence, int step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sequence);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(sequence, Count);
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(step, Length);
        return (sequence * Length) + step;
    }
}
