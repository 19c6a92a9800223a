using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// A linear controller with a hidden layer beside it, which tells apart inputs that a linear map cannot:
/// <code>logits = W x + b + T[g(x)] + W2 relu(W1 x + b1)</code>
/// W2 is zero in the beginning: the controller begins as its linear part, and follows what this part was made to follow.
/// </summary>
public sealed class MultilayerController : Controller
{
    /// <summary>Adds a hidden layer, with Glorot uniform W1 and zero b1 and W2.</summary>
    /// <param name="name">The first part of the names of W1, b1 and W2.</param>
    /// <param name="linearPart">W x + b, and T if it has a table.</param>
    /// <param name="units">The number of units of the hidden layer.</param>
    /// <param name="key">Decides W1.</param>
    public MultilayerController(string name, LinearController linearPart, int units, RandomKey key)
    {
        ArgumentNullException.ThrowIfNull(linearPart);
        ArgumentOutOfRangeException.ThrowIfLessThan(units, 1);
        LinearPart = linearPart;
        HiddenLayer = new Linear($"{name}.hidden", linearPart.Weight.Shape[0], units, key);
        OutputWeight = new Parameter($"{name}.output.weight", new Shape(units, Picks * Modules));
        Parameters = [.. linearPart.Parameters, .. HiddenLayer.Parameters, OutputWeight];
    }

    /// <summary>W1 and b1: the hidden layer before its units are rectified.</summary>
    public Linear HiddenLayer { get; }

    /// <summary>W2, <c>[units, K * modules]</c>.</summary>
    public Parameter OutputWeight { get; }

    /// <inheritdoc/>
    public override LinearController LinearPart { get; }

    /// <inheritdoc/>
    public override int Modules => LinearPart.Modules;

    /// <inheritdoc/>
    public override int Picks => LinearPart.Picks;

    /// <inheritdoc/>
    public override ModuleFamilies Families => LinearPart.Families;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; }

    /// <inheritdoc/>
    public override long MultiplyAdds => LinearPart.MultiplyAdds + HiddenLayer.Weight.Shape.Count + OutputWeight.Shape.Count;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The linear part has a table, and it is not known what the rows show.</exception>
    public override SelectionLogits Logits(Tape tape, ControllerInput input)
    {
        ArgumentNullException.ThrowIfNull(tape);
        var units = tape.Relu(HiddenLayer.Forward(tape, input.Values));
        var logits = tape.Add(LinearPart.Sums(tape, input), tape.MatrixProduct(units, OutputWeight.Value));
        return tape.Reshape(logits, new Shape(logits.Shape.Rows, Picks, Modules));
    }
}
