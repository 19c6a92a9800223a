using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>The paper's controller: a linear map of the input and a softmax for each of the K choices (section 3).</summary>
public sealed class LinearController : Controller
{
    private readonly Linear _linear;

    /// <summary>Creates the controller with Glorot uniform weights and zero biases.</summary>
    /// <param name="name">The first part of the parameters' names.</param>
    /// <param name="inputs">The size of an input.</param>
    /// <param name="modules">M.</param>
    /// <param name="picks">K.</param>
    /// <param name="key">Decides the initial weights.</param>
    /// <param name="families">Which modules the choices begin with; by default all.</param>
    /// <exception cref="ArgumentException">There are more families than modules.</exception>
    public LinearController(
        string name, int inputs, int modules, int picks, RandomKey key, ModuleFamilies families = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(modules, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(picks, 1);
        Modules = modules;
        Picks = picks;
        Families = families;
        _linear = new Linear(name, inputs, picks * modules, key);
        families.Separate(Bias, modules);
    }

    /// <inheritdoc/>
    public override int Modules { get; }

    /// <inheritdoc/>
    public override int Picks { get; }

    /// <inheritdoc/>
    public override ModuleFamilies Families { get; }

    /// <summary><c>[inputs, K * modules]</c>.</summary>
    public Parameter Weight => _linear.Weight;

    /// <summary><c>[K * modules]</c>.</summary>
    public Parameter Bias => _linear.Bias!;

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => _linear.Parameters;

    /// <inheritdoc/>
    public override SelectionLogits Logits(Tape tape, Tensor input)
    {
        ArgumentNullException.ThrowIfNull(tape);
        var logits = _linear.Forward(tape, input);
        return tape.Reshape(logits, new Shape(logits.Shape.Rows, Picks, Modules));
    }
}
