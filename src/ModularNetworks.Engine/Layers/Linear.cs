namespace ModularNetworks.Engine;

/// <summary>The layer <c>y = x W + b</c>: <c>[..., inputs] -> [..., outputs]</c>.</summary>
public sealed class Linear : Layer
{
    private readonly Parameter[] _parameters;

    /// <summary>Creates the layer with Glorot-uniform weights and zero bias.</summary>
    /// <param name="name">Parameters are called <c>name.weight</c> and <c>name.bias</c>.</param>
    /// <param name="inputs">The size of the input's last axis.</param>
    /// <param name="outputs">The size of the output's last axis.</param>
    /// <param name="key">Decides the weights.</param>
    /// <param name="bias">Whether to add a bias.</param>
    public Linear(string name, int inputs, int outputs, RandomKey key, bool bias = true)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Weight = new Parameter($"{name}.weight", new Shape(inputs, outputs));
        Initialization.GlorotUniform(Weight.Value, inputs, outputs, key);
        Bias = bias ? new Parameter($"{name}.bias", new Shape(outputs)) : null;
        _parameters = Bias is null ? [Weight] : [Weight, Bias];
    }

    /// <summary>W, <c>[inputs, outputs]</c>.</summary>
    public Parameter Weight { get; }

    /// <summary>b, <c>[outputs]</c>; null for a layer without bias.</summary>
    public Parameter? Bias { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => _parameters;

    /// <inheritdoc/>
    /// <exception cref="ShapeException">The input's last axis has another size than the layer's inputs.</exception>
    public override Tensor Forward(Tape tape, Tensor input)
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(input);
        var product = tape.MatrixProduct(input, Weight.Value);
        return Bias is null ? product : tape.AddBias(product, Bias.Value);
    }
}
