using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// A modular layer without a choice of its own: it runs the modules that another layer has selected, so that both have one
/// selection, and module m of the one always works with module m of the other. Where the other layer mixes modules, it mixes
/// with the same shares.
/// </summary>
/// <example>
/// <code>
/// var hidden = new ModularLayer("hidden", hiddenPool, controller);
/// var output = new FollowingLayer("output", outputPool);
/// Layout = new CompositionLayout(hidden.Layout);
/// ...
/// return output.Forward(pass, hidden.Forward(pass, input), leader: 0);
/// </code>
/// </example>
/// <remarks>
/// It takes part in no composition: the layout names the leading layer alone. All selection rules work, since each is done
/// with when the leading layer has run.
/// </remarks>
public sealed class FollowingLayer
{
    private readonly string _name;

    /// <summary>Creates a layer.</summary>
    /// <param name="name">The layer's name in messages.</param>
    /// <param name="pool">The modules, as many as those of the layer that it follows.</param>
    /// <param name="combination">How the selected modules' outputs become one.</param>
    public FollowingLayer(string name, ModulePool pool, Combination combination = Combination.Sum)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(pool);
        (_name, Pool, Combination) = (name, pool, combination);
    }

    /// <summary>The modules.</summary>
    public ModulePool Pool { get; }

    /// <summary>How the selected modules' outputs become one.</summary>
    public Combination Combination { get; }

    /// <summary>The parameters of the modules.</summary>
    public IReadOnlyList<Parameter> Parameters => Pool.Parameters;

    /// <summary>Runs the modules that another layer has selected.</summary>
    /// <param name="pass">The run.</param>
    /// <param name="input">
    /// <c>[rows, inputs]</c>, or <c>[steps * rows, inputs]</c> and time-major if the other layer is recurrent; one row a
    /// datapoint, or one for each candidate of each datapoint.
    /// </param>
    /// <param name="leader">The other layer's position among those that select modules, from 0, as in the network's layout.</param>
    /// <returns>
    /// <c>[rows, outputs]</c> for a sum, <c>[rows, K * outputs]</c> for a concatenation; rows as in the other layer's selection.
    /// </returns>
    /// <exception cref="InvalidOperationException">The other layer has not run.</exception>
    /// <exception cref="ShapeException">The other layer selected a module that this layer does not have.</exception>
    public Tensor Forward(ForwardPass pass, Tensor input, int leader)
    {
        ArgumentNullException.ThrowIfNull(pass);
        ArgumentNullException.ThrowIfNull(input);
        var (modules, steps, shares) = pass.Trace.SelectionOf(leader);
        // Both layers need equally many modules.
        IndexRange.Require(_name, "module", modules.Values, Pool.Modules);
        var outputs = Pool.Forward(pass.Tape, pass.ForCandidates(input, steps), modules);
        return Combination.Of(pass.Tape, shares is null ? outputs : pass.Tape.ScaleRows(outputs, shares));
    }
}
