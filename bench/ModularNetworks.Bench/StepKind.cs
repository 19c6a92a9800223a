namespace ModularNetworks.Bench;

/// <summary>The kinds of step.</summary>
internal enum StepKind
{
    /// <summary>A gradient step of generalized Viterbi EM.</summary>
    M,

    /// <summary>A search of generalized Viterbi EM among S = 10 sampled compositions and the stored one.</summary>
    E,

    /// <summary>A step of REINFORCE with a moving average of rewards.</summary>
    Reinforce,

    /// <summary>A step of noisy top-k gating, k = 4.</summary>
    TopK,
}
