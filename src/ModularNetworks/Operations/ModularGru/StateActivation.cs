namespace ModularNetworks;

/// <summary>The activation of the state that a gated recurrent unit proposes at each step.</summary>
public enum StateActivation
{
    /// <summary><c>max(x, 0)</c>, the paper's (appendix A). States can grow without bound.</summary>
    Relu,

    /// <summary>
    /// The hyperbolic tangent, as in the gated recurrent unit of Cho et al. (2014). States stay between -1 and 1.
    /// </summary>
    Tanh,
}
