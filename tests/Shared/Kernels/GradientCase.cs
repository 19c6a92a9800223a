using ModularNetworks.Engine;

namespace ModularNetworks.Testing;

/// <summary>One way to run an operation whose gradients are checked.</summary>
/// <param name="Name">Unique among all cases.</param>
/// <param name="Operation">The type that the run must record.</param>
/// <param name="Inputs">The shapes of the inputs; all of them are differentiated by.</param>
/// <param name="Run">Runs the operation on inputs of these shapes.</param>
public sealed record GradientCase(string Name, Type Operation, Shape[] Inputs, Func<Tape, Tensor[], Tensor> Run)
{
    /// <summary>The smallest input. Choose the range such that inputs stay away from kinks and poles.</summary>
    public double Low { get; init; } = -2;

    /// <summary>The largest input.</summary>
    public double High { get; init; } = 2;

    /// <summary>Half the width of a band around zero that inputs stay out of.</summary>
    public double Gap { get; init; }

    public override string ToString() => Name;
}

/// <summary>
/// Cases for some operations. To add cases, add a subclass to the tests of the operation's project: all are found by reflection.
/// </summary>
public abstract class GradientCases
{
    public abstract IEnumerable<GradientCase> All();

    protected static Shape Of(params ReadOnlySpan<int> sizes) => new(sizes);

    protected static IndexTensor Indices(Shape shape, params ReadOnlySpan<int> values) =>
        IndexTensor.From(shape, values);
}
