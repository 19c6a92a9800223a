using ModularNetworks.Engine;

namespace ModularNetworks;

/// <summary>
/// A layer whose modules a <see cref="SelectionRule"/> selects. The rule asks it to run with known modules, to choose modules by its
/// controller, or to mix them by its noisy gate. Every way writes to the trace of the run.
/// </summary>
public interface IModularLayer
{
    /// <summary>M, the number of modules that the layer selects from.</summary>
    int Modules { get; }

    /// <summary>K, the number of modules selected at once.</summary>
    int Picks { get; }

    /// <summary>Runs modules that are known beforehand and scores them with the controller, if there is one.</summary>
    /// <param name="pass">The run.</param>
    /// <param name="input">The inputs of the layer.</param>
    /// <param name="selection"><c>[steps * rows, K]</c>, time-major.</param>
    Tensor RunGiven(ForwardPass pass, LayerInput input, IndexTensor selection);

    /// <summary>Runs modules that are the same for all datapoints; a controller is not asked.</summary>
    /// <param name="pass">The run.</param>
    /// <param name="input">The inputs of the layer.</param>
    /// <param name="selection"><c>[steps * batch, K]</c>, time-major.</param>
    Tensor RunFixed(ForwardPass pass, LayerInput input, IndexTensor selection);

    /// <summary>Lets the controller choose the modules and runs them.</summary>
    /// <param name="pass">The run.</param>
    /// <param name="input">The inputs of the layer.</param>
    /// <param name="first"><c>[steps * batch, K]</c>, the known modules of candidate 0; null if they are chosen like others.</param>
    /// <param name="key">Draws the modules; null to take the most probable ones.</param>
    /// <exception cref="InvalidOperationException">The layer has no controller.</exception>
    Tensor RunChosen(ForwardPass pass, LayerInput input, IndexTensor? first, RandomKey? key);

    /// <summary>Lets the noisy gate mix modules and runs them.</summary>
    /// <param name="pass">The run.</param>
    /// <param name="input">The inputs of the layer.</param>
    /// <param name="mixture">Decides how many modules are mixed, and draws the noise.</param>
    /// <exception cref="InvalidOperationException">The layer has no noisy gate.</exception>
    Tensor RunMixed(ForwardPass pass, LayerInput input, MixtureSelection mixture);
}

/// <summary>The inputs of a modular layer in one run.</summary>
/// <param name="Values"><c>[rows, inputs]</c> for the modules; time-major if the layer is recurrent.</param>
/// <param name="ForController">
/// <c>[rows, inputs]</c> for the controller or the noisy gate; often the same as for the modules.
/// </param>
/// <param name="Initial"><c>[batch, hidden]</c>, the states before the first time step; null if the layer has no state.</param>
/// <param name="Steps">The number of time steps; 1 if the layer is not recurrent.</param>
/// <param name="InputKeys">
/// <c>[steps * batch]</c>, g(x): the number of the token, cluster or task that each input shows; null if there is none.
/// </param>
public readonly record struct LayerInput(
    Tensor Values, Tensor ForController, Tensor? Initial = null, int Steps = 1, IndexTensor? InputKeys = null)
{
    /// <summary>Refuses an input that was never given its values.</summary>
    /// <exception cref="ArgumentNullException">There are none for the modules, or none for the controller.</exception>
    internal void Require()
    {
        ArgumentNullException.ThrowIfNull(Values);
        ArgumentNullException.ThrowIfNull(ForController);
    }
}
