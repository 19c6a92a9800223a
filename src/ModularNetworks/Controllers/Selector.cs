namespace ModularNetworks;

/// <summary>What decides which modules a network's layers use.</summary>
public enum Selector
{
    /// <summary>Nothing: the same modules serve every input, as in the non-modular baseline, for which M = K.</summary>
    None,

    /// <summary>A controller selects K modules, whose outputs count fully (<see cref="LinearController"/>).</summary>
    Controller,

    /// <summary>A noisy gate mixes the modules with the largest logits (<see cref="ModularNetworks.NoisyGate"/>).</summary>
    NoisyGate,
}
