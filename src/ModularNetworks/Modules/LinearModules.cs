using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>Modules that are linear maps with a bias, followed by an activation: f_i(x) = activation(x W_i + b_i).</summary>
public sealed class LinearModules : ModulePool
{
    private readonly Activation _activation;

    /// <summary>Creates the modules, each initialised as a layer of its own (Glorot uniform weights, zero biases).</summary>
    /// <param name="name">The first part of the parameters' names.</param>
    /// <param name="modules">M.</param>
    /// <param name="inputs">The size of an input.</param>
    /// <param name="outputs">The size of a module's output.</param>
    /// <param name="activation">Applied to every module's output.</param>
    /// <param name="key">Decides the initial weights.</param>
    public LinearModules(string name, int modules, int inputs, int outputs, Activation activation, RandomKey key)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(modules, 1);
        ArgumentNullException.ThrowIfNull(activation);
        Modules = modules;
        _activation = activation;
        Weight = new Parameter($"{name}.weight", new Shape(modules, inputs, outputs));
        Bias = new Parameter($"{name}.bias", new Shape(modules, outputs));
        Initialization.GlorotUniform(Weight.Value, inputs, outputs, key);
        Parameters = [Weight, Bias];
    }

    /// <inheritdoc/>
    public override int Modules { get; }

    /// <summary><c>[modules, inputs, outputs]</c>.</summary>
    public Parameter Weight { get; }

    /// <summary><c>[modules, outputs]</c>.</summary>
    public Parameter Bias { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; }

    /// <inheritdoc/>
    public override Tensor Forward(Tape tape, Tensor input, IndexTensor selection)
    {
        ArgumentNullException.ThrowIfNull(tape);
        return _activation.Forward(tape, tape.GroupedLinear(input, selection, Weight.Value, Bias.Value));
    }
}
