namespace ModularNetworks.Engine;

/// <summary>A function of every element, without parameters: <c>[...] -> [...]</c>.</summary>
public sealed class Activation : Layer
{
    private readonly string _name;
    private readonly Func<Tape, Tensor, Tensor> _function;

    private Activation(string name, Func<Tape, Tensor, Tensor> function)
    {
        _name = name;
        _function = function;
    }

    /// <summary>The input itself.</summary>
    public static Activation None { get; } = new(nameof(None), static (_, input) => input);

    /// <summary><c>max(x, 0)</c>.</summary>
    public static Activation Relu { get; } = new(nameof(Relu), static (tape, input) => tape.Relu(input));

    /// <summary>The hyperbolic tangent.</summary>
    public static Activation Tanh { get; } = new(nameof(Tanh), static (tape, input) => tape.Tanh(input));

    /// <summary><c>1 / (1 + exp(-x))</c>.</summary>
    public static Activation Sigmoid { get; } = new(nameof(Sigmoid), static (tape, input) => tape.Sigmoid(input));

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [];

    /// <inheritdoc/>
    public override Tensor Forward(Tape tape, Tensor input) => _function(tape, input);

    /// <summary>The function's name.</summary>
    public override string ToString() => _name;
}
