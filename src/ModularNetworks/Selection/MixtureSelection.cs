using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// The noisy gate of every layer mixes the k modules with the largest logits: the rule of noisy top-k gating, with noise
/// where a key for it is given, as in training, and without elsewhere.
/// </summary>
public sealed class MixtureSelection : SelectionRule
{
    private readonly int _modules;
    private readonly Balancing _balancing;

    /// <summary>Prepares a mixture.</summary>
    /// <param name="modules">k, the number of modules that every layer mixes; all of them if it has fewer.</param>
    /// <param name="noiseKey">Draws the noise; null for none.</param>
    /// <param name="balancing">The weights of <see cref="SelectionTrace.BalancingLoss"/>.</param>
    /// <param name="shares">The shares of the modules; recurrent layers have those of the mixed modules only.</param>
    /// <exception cref="ArgumentOutOfRangeException">k is less than 1.</exception>
    public MixtureSelection(
        int modules, RandomKey? noiseKey = null, Balancing balancing = default, MixtureShares shares = MixtureShares.OfMixed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(modules, 1);
        (_modules, NoiseKey, _balancing, Shares) = (modules, noiseKey, balancing, shares);
    }

    /// <summary>The shares of the modules.</summary>
    public MixtureShares Shares { get; }

    /// <summary>Draws the noise of the next run; null for none.</summary>
    public RandomKey? NoiseKey { get; set; }

    /// <summary>Whether the losses of <see cref="Balance"/> are asked for.</summary>
    internal bool IsBalanced => _balancing.IsNeeded;

    /// <inheritdoc/>
    public override Tensor Run(ForwardPass pass, IModularLayer layer, LayerInput input)
    {
        ArgumentNullException.ThrowIfNull(pass);
        ArgumentNullException.ThrowIfNull(layer);
        return layer.RunMixed(pass, input, this);
    }

    /// <inheritdoc/>
    public override Chooser CreateChooser(int picks, Func<Controller> controller, Func<NoisyGate> gate)
    {
        ArgumentNullException.ThrowIfNull(gate);
        return gate();
    }

    /// <inheritdoc/>
    public override CompositionLayout LayoutOf(CompositionLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        return new CompositionLayout([.. layout.Layers.Select(layer => layer with { Picks = Math.Min(_modules, layer.Modules) })]);
    }

    /// <summary>Selects the modules of a layer that is not recurrent, and divides the mixture among them.</summary>
    /// <param name="pass">The run.</param>
    /// <param name="gate">The layer's gate.</param>
    /// <param name="input">The gate's input, <c>[rows, inputs]</c>.</param>
    /// <returns>The selected modules, <c>[rows, k]</c>, and their shares, <c>[rows, k]</c>.</returns>
    public (IndexTensor Selection, Tensor Shares) Mix(ForwardPass pass, NoisyGate gate, Tensor input)
    {
        ArgumentNullException.ThrowIfNull(pass);
        ArgumentNullException.ThrowIfNull(gate);
        var tape = pass.Tape;
        var gating = tape.MatrixProduct(input, gate.Weight.Value);
        var logits = NoisyLogits.Of(tape, gating, Noise(pass, gating.Shape.Rows, gate.Modules));
        var selection = tape.TopK(logits.Noisy, PicksOf(gate));
        var shares = logits.Shares(tape, selection, Shares);
        if (IsBalanced)
            Balance(pass, logits, selection);
        Note(pass, gate, selection, shares, steps: 1);
        return (selection, shares);
    }

    /// <summary>k, or the number of modules if they are fewer.</summary>
    internal int PicksOf(NoisyGate gate) => Math.Min(_modules, gate.Modules);

    /// <summary>The noise of the running layer, <c>[rows, modules]</c>; null if there is none.</summary>
    internal Tensor? Noise(ForwardPass pass, int rows, int modules) =>
        NoiseKey is { } key ? pass.Tape.StandardNormal(new Shape(rows, modules), KeyOfLayer(pass, key)) : null;

    /// <summary>Adds the balancing losses of the running layer.</summary>
    internal void Balance(ForwardPass pass, in NoisyLogits logits, IndexTensor selection)
    {
        if (_balancing.Loss(pass.Tape, logits, selection) is { } loss)
            pass.Trace.AddBalancingLoss(loss);
    }

    /// <summary>Shows a mixture to the observer and writes it to the trace.</summary>
    /// <param name="pass">The run.</param>
    /// <param name="gate">Divided the mixture.</param>
    /// <param name="selection"><c>[steps * rows, k]</c>, time-major.</param>
    /// <param name="shares"><c>[steps * rows, k]</c>, time-major.</param>
    /// <param name="steps">The layer's number of time steps.</param>
    internal static void Note(ForwardPass pass, NoisyGate gate, IndexTensor selection, Tensor shares, int steps)
    {
        if (pass.Observer is not null)
        {
            // The logarithm of no share is minus infinity, a logit that leaves no probability.
            var logits = pass.Tape.Log(pass.Tape.ScatterLast(shares, selection, gate.Modules));
            pass.Trace.AddLogits(pass.Tape.Reshape(logits, new Shape(shares.Shape[0], 1, gate.Modules)), steps);
        }
        pass.Trace.AddSelection(selection, steps, shares);
    }
}
