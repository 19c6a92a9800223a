using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// Noisy top-k gating (Shazeer et al. 2017, "Outrageously large neural networks", section 2.1): the k modules with the
/// largest noisy logits are mixed with the softmax of these logits.
/// <code>
/// H_i = (x W_g)_i + noise_i * softplus((x W_noise)_i)      noise_i standard normal, none in evaluation
/// g   = softmax(the k largest of H)
/// y   = sum_i g_i f_i(x)
/// </code>
/// How many modules are mixed is up to the run's <see cref="MixtureSelection"/>.
/// </summary>
/// <remarks>
/// The gate learns from the gradient of its softmax. With k = 1 that softmax is 1, whatever the logits: then the gate
/// learns from a load loss alone, and without one it stays as it is.
/// </remarks>
public sealed class NoisyGate : Chooser
{
    /// <summary>
    /// Creates a gate. Its weights are zero, so that noise alone selects in the beginning and modules are used equally
    /// (Shazeer et al. 2017, appendix A).
    /// </summary>
    /// <param name="name">The first part of the parameters' names.</param>
    /// <param name="inputs">The size of an input.</param>
    /// <param name="modules">M.</param>
    public NoisyGate(string name, int inputs, int modules)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(modules, 1);
        Modules = modules;
        Weight = new Parameter($"{name}.weight", new Shape(inputs, Sizes.Product(name, 2, modules)));
        Parameters = [Weight];
    }

    /// <inheritdoc/>
    public override int Modules { get; }

    /// <summary>1: one mixture.</summary>
    public override int Picks => 1;

    /// <summary>W_g and W_noise side by side, <c>[inputs, 2 modules]</c>.</summary>
    public Parameter Weight { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; }
}
