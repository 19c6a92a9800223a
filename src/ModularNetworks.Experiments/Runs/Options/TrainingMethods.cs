namespace ModularNetworks.Experiments;

/// <summary>The names of the training methods, as options, run folders and the command line write them.</summary>
public static class TrainingMethods
{
    /// <summary>Generalized Viterbi EM.</summary>
    public const string Em = "em";

    /// <summary>REINFORCE.</summary>
    public const string Reinforce = "reinforce";

    /// <summary>Expected scores: all selections are scored.</summary>
    public const string Expected = "expected";

    /// <summary>Noisy top-k gating.</summary>
    public const string TopK = "topk";

    /// <summary>Modules that are assigned to the token, cluster or task of the input, for good.</summary>
    public const string Assigned = "assigned";

    /// <summary>Training of the non-modular baseline.</summary>
    public const string Fixed = "fixed";
}
