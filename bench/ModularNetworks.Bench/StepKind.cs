namespace ModularNetworks.Bench;

/// <summary>The two kinds of step of generalized Viterbi EM.</summary>
internal enum StepKind
{
    /// <summary>A gradient step.</summary>
    M,

    /// <summary>A search among S = 10 sampled compositions and the stored one.</summary>
    E,
}
