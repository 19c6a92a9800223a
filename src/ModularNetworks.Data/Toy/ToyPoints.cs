namespace ModularNetworks.Data;

/// <summary>Points of a <see cref="ToyRegression"/> problem.</summary>
public sealed class ToyPoints
{
    private readonly float[] _inputs;
    private readonly float[] _targets;
    private readonly int[] _components;

    internal ToyPoints(float[] inputs, float[] targets, int[] components)
    {
        _inputs = inputs;
        _targets = targets;
        _components = components;
    }

    /// <summary>The number of points.</summary>
    public int Count => _components.Length;

    /// <summary>The inputs x, <c>[points, 2]</c>.</summary>
    public ReadOnlySpan<float> Inputs => _inputs;

    /// <summary>The targets y, <c>[points, 2]</c>.</summary>
    public ReadOnlySpan<float> Targets => _targets;

    /// <summary>The component that each point was drawn from, <c>[points]</c>: 0 is rotated, 1 is scaled.</summary>
    public ReadOnlySpan<int> Components => _components;
}
