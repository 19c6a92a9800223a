using ModularNetworks.Engine;

namespace ModularNetworks;

/// <content>Runs in which a <see cref="NoisyGate"/> mixes every layer's modules.</content>
public sealed partial class ModularPass
{
    private Balancing _balancing;

    /// <summary>k, the number of modules that every layer mixes (all, if it has fewer); 0 if none are mixed.</summary>
    public int MixedModules { get; private set; }

    /// <summary>Whether layers mix modules and do not select them.</summary>
    public bool IsMixture => MixedModules > 0;

    /// <summary>The weighted balancing losses, summed over layers, a scalar; null if there are none.</summary>
    public Tensor? BalancingLoss { get; private set; }

    /// <summary>Begins a run in which every layer mixes k modules without noise: evaluation.</summary>
    /// <param name="batchSize">The number of datapoints.</param>
    /// <param name="modules">k, at least 1.</param>
    public void BeginMixture(int batchSize, int modules)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(modules, 1);
        Begin(batchSize, candidates: 1);
        MixedModules = modules;
    }

    /// <summary>Begins a run in which every layer mixes the k modules with the largest noisy logits: training.</summary>
    /// <param name="batchSize">The number of datapoints.</param>
    /// <param name="modules">k, at least 1.</param>
    /// <param name="key">Draws the noise.</param>
    /// <param name="balancing">The weights of the <see cref="BalancingLoss"/>.</param>
    public void BeginNoisyMixture(int batchSize, int modules, RandomKey key, Balancing balancing = default)
    {
        BeginMixture(batchSize, modules);
        Key = key;
        _balancing = balancing;
    }

    /// <summary>Selects a layer's modules and divides the mixture among them.</summary>
    /// <param name="controller">The layer's controller, a <see cref="NoisyGate"/>.</param>
    /// <param name="input">The layer's input, <c>[rows, inputs]</c>.</param>
    /// <returns>The selected modules, <c>[rows, k]</c>, and their shares, <c>[rows, k]</c>, which add up to 1.</returns>
    /// <exception cref="InvalidOperationException">The controller cannot mix.</exception>
    public (IndexTensor Selection, Tensor Shares) Mix(Controller controller, Tensor input)
    {
        ArgumentNullException.ThrowIfNull(controller);
        if (controller is not NoisyGate gate)
        {
            throw new InvalidOperationException(
                $"ModularPass: a mixture needs a NoisyGate in every layer; layer {_selections.Count} has a "
                + $"{controller.GetType().Name}. Give it a NoisyGate, or train with another method.");
        }
        var gating = Tape.MatrixProduct(input, gate.Weight.Value);
        var logits = NoisyLogits.Of(Tape, gating, Noise(gating.Shape.Rows, gate.Modules));
        var selection = Tape.TopK(logits.Noisy, Mixed(gate));
        var shares = logits.Shares(Tape, selection);
        if (_balancing.IsNeeded)
            Balance(logits, selection);
        NoteMixture(gate, selection, shares, steps: 1);
        return (selection, shares);
    }

    /// <summary>k, or the number of modules if they are fewer.</summary>
    internal int Mixed(NoisyGate gate) => Math.Min(MixedModules, gate.Modules);

    /// <summary>The running layer's noise, <c>[rows, modules]</c>; null in evaluation.</summary>
    internal Tensor? Noise(int rows, int modules) =>
        LayerKey is { } key ? Tape.StandardNormal(new Shape(rows, modules), key) : null;

    /// <summary>Whether the losses of <see cref="Balance"/> are asked for.</summary>
    internal bool IsBalanced => _balancing.IsNeeded;

    /// <summary>Adds the running layer's balancing losses.</summary>
    internal void Balance(in NoisyLogits logits, IndexTensor selection)
    {
        if (_balancing.Loss(Tape, logits, selection) is { } loss)
            BalancingLoss = BalancingLoss is null ? loss : Tape.Add(BalancingLoss, loss);
    }

    /// <summary>Tells the <see cref="Observer"/> of a mixture and notes it.</summary>
    /// <param name="gate">What divided the mixture.</param>
    /// <param name="selection"><c>[steps * rows, k]</c>, time-major.</param>
    /// <param name="shares"><c>[steps * rows, k]</c>, time-major.</param>
    /// <param name="steps">The layer's number of time steps.</param>
    internal void NoteMixture(NoisyGate gate, IndexTensor selection, Tensor shares, int steps)
    {
        if (Observer is not null)
        {
            // The logarithm of no share is minus infinity, a logit that leaves no probability.
            var logits = Tape.Log(Tape.ScatterLast(shares, selection, gate.Modules));
            Observe(Tape.Reshape(logits, new Shape(shares.Shape[0], 1, gate.Modules)), steps);
        }
        Note(selection, steps);
    }

    private void RefuseMixture()
    {
        if (IsMixture)
        {
            throw new InvalidOperationException(
                $"ModularPass: layer {_selections.Count} selects modules, and this pass mixes them. Let the layer call Mix "
                + "where IsMixture is true.");
        }
    }
}
