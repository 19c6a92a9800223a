namespace ModularNetworks.Experiments;

/// <summary>Says what can be done about a training that diverged.</summary>
internal static class Divergence
{
    /// <summary>The sentence for a run without a checkpoint.</summary>
    public const string NoCheckpoint = "There is no checkpoint yet.";

    /// <summary>A gradient step met a number that is not finite.</summary>
    /// <param name="failure">The trainer's error.</param>
    /// <param name="checkpoint">A sentence that tells of the last checkpoint.</param>
    public static NonFiniteLossException OfStep(NonFiniteLossException failure, string checkpoint) =>
        With($"{failure.Message} {checkpoint}", ", or leave such mini-batches out with --set skipNonFinite=true", failure);

    /// <summary>A number that would be written after a step is not finite.</summary>
    /// <param name="failure">Names the number.</param>
    /// <param name="step">The number of gradient steps taken.</param>
    /// <param name="checkpoint">A sentence that tells of the last checkpoint.</param>
    public static NonFiniteLossException AfterStep(NonFiniteLossException failure, long step, string checkpoint) =>
        With($"{failure.Message} after step {step}. {checkpoint}", "", failure);

    private static NonFiniteLossException With(string what, string further, NonFiniteLossException cause) => new(
        $"{what} Lower the learning rate with --set learningRate=..., limit gradients with --set maxGradientNorm=1{further}, in a new run.", cause);
}
