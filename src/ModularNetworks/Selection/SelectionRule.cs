using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// Decides how the layers of a network select their modules in one run: by given compositions, by samples or the mode of the
/// controllers, always the same modules, or a mixture. A layer calls <see cref="Run"/> and returns its output. Derive from
/// this class for a rule of your own.
/// </summary>
/// <remarks>
/// Trainers keep a rule and change its compositions or its key from step to step, so that nothing is allocated.
/// </remarks>
public abstract class SelectionRule
{
    /// <summary>The number of compositions that are tried for each datapoint.</summary>
    public virtual int Candidates => 1;

    /// <summary>The number of picks in a composition that was given; null if none was.</summary>
    public virtual int? GivenPicks => null;

    /// <summary>Selects the modules of a layer and runs them.</summary>
    /// <param name="pass">The run.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="input">The inputs of the layer.</param>
    /// <returns>The layer's output.</returns>
    /// <exception cref="InvalidOperationException">The layer has nothing that selects modules in this way.</exception>
    public abstract Tensor Run(ForwardPass pass, IModularLayer layer, LayerInput input);

    /// <summary>Makes the kind of chooser that layers need under this rule.</summary>
    /// <param name="picks">K.</param>
    /// <param name="controller">Makes a controller.</param>
    /// <param name="gate">Makes a noisy gate.</param>
    public virtual Chooser CreateChooser(int picks, Func<Controller> controller, Func<NoisyGate> gate)
    {
        ArgumentNullException.ThrowIfNull(controller);
        return controller();
    }

    /// <summary>How the modules that this rule selects lie in a composition.</summary>
    /// <param name="layout">How the modules that controllers select lie in it.</param>
    public virtual CompositionLayout LayoutOf(CompositionLayout layout) => layout;

    /// <summary>The number of modules that this rule runs at once in a layer.</summary>
    /// <param name="layer">How the modules that the layer's controller selects lie in a composition.</param>
    internal long PicksOf(LayerLayout layer) => LayoutOf(new CompositionLayout(layer)).Layers[0].Picks;

    /// <summary>A key of the running layer's own, so that no two layers draw alike.</summary>
    /// <param name="pass">The run.</param>
    /// <param name="key">The key of the whole run.</param>
    protected static RandomKey KeyOfLayer(ForwardPass pass, RandomKey key)
    {
        ArgumentNullException.ThrowIfNull(pass);
        return key.Split((ulong)pass.Trace.Layers);
    }

    /// <summary>The running layer's part of given compositions.</summary>
    /// <param name="pass">The run, whose trace tells where the layer's picks start.</param>
    /// <param name="compositions"><c>[candidates * batch, picks]</c>.</param>
    /// <param name="candidates">The number of compositions that each datapoint has.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="steps">The layer's number of time steps.</param>
    /// <returns><c>[steps * candidates * batch, K]</c>, time-major.</returns>
    /// <exception cref="ShapeException">
    /// There is not a composition for each candidate of each datapoint, it is too short, or it names a module that the layer has not.
    /// </exception>
    protected static IndexTensor PicksOfLayer(
        ForwardPass pass, IndexTensor compositions, int candidates, IModularLayer layer, int steps)
    {
        ArgumentNullException.ThrowIfNull(pass);
        ArgumentNullException.ThrowIfNull(compositions);
        ArgumentNullException.ThrowIfNull(layer);
        if (compositions.Shape.Rank != 2 || compositions.Shape[0] != (long)candidates * pass.BatchSize)
        {
            throw new ShapeException(
                $"ForwardPass: the compositions have shape {compositions.Shape}; needed is [candidates * batch, picks] with {candidates} "
                + $"candidates of {Counted.Of(pass.BatchSize, "datapoint")}.");
        }
        int rows = compositions.Shape[0], length = compositions.Shape[1], start = pass.Trace.PickCount, picks = layer.Picks;
        if (start + ((long)steps * picks) > length)
        {
            throw new ShapeException(
                $"ForwardPass: the network selects more than the {Counted.Of(length, "module")} that a composition has. Check that its "
                + "layout names every modular layer in the order in which they run.");
        }
        var ofLayer = pass.Tape.RentIndices(new Shape(steps * rows, picks));
        Span<int> given = compositions.Values, target = ofLayer.Values;
        int next = 0;
        for (int step = 0; step < steps; step++)
        {
            for (int row = 0; row < rows; row++)
            {
                given.Slice((row * length) + start + (step * picks), picks).CopyTo(target[next..]);
                next += picks;
            }
        }
        IndexRange.Require("ForwardPass", "module", target, layer.Modules);
        return ofLayer;
    }
}
