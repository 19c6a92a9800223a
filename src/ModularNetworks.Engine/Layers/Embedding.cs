namespace ModularNetworks.Engine;

/// <summary>A learned vector for each of a fixed number of items, such as words.</summary>
public sealed class Embedding : IHasParameters
{
    /// <summary>Creates the vectors with Glorot uniform numbers, as the matrix that maps one-hot items to them.</summary>
    /// <param name="name">The parameter is called <c>name.weight</c>.</param>
    /// <param name="count">The number of items.</param>
    /// <param name="features">The length of a vector.</param>
    /// <param name="key">Decides the vectors.</param>
    public Embedding(string name, int count, int features, RandomKey key)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Weight = new Parameter($"{name}.weight", new Shape(count, features)) { IsTable = true };
        Initialization.GlorotUniform(Weight.Value, count, features, key);
        Parameters = [Weight];
    }

    /// <summary>The vectors, <c>[count, features]</c>.</summary>
    public Parameter Weight { get; }

    /// <summary>The parameters that training adjusts.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>Looks up the vectors of some items.</summary>
    /// <param name="tape">Records the operation.</param>
    /// <param name="items"><c>[...]</c>, numbers from 0 to count - 1.</param>
    /// <returns><c>[..., features]</c>, until the tape's next reset.</returns>
    /// <exception cref="ShapeException">An item does not exist.</exception>
    public Tensor Forward(Tape tape, IndexTensor items) => tape.Gather(Weight.Value, items);
}
