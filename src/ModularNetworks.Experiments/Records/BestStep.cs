namespace ModularNetworks.Experiments;

/// <summary>The step at which a run did best on the validation data.</summary>
/// <param name="Step">The number of gradient steps taken by then.</param>
/// <param name="Valid">The validation perplexity there, the lowest of all that were measured.</param>
/// <param name="Test">The test perplexity there.</param>
public sealed record BestStep(long Step, double Valid, double Test)
{
    /// <summary>The better one of an earlier best step and a measurement.</summary>
    /// <param name="earlier">The best step so far; null before the first.</param>
    /// <param name="step">The step of the measurement.</param>
    /// <param name="measured">The measurement. Without the perplexities of both splits there is no best step.</param>
    internal static BestStep? Of(BestStep? earlier, long step, Measurement measured)
    {
        return Perplexity(measured, "valid") is { } valid && Perplexity(measured, "test") is { } test
            && valid < (earlier?.Valid ?? double.PositiveInfinity)
            ? new BestStep(step, valid, test)
            : earlier;
    }

    private static double? Perplexity(Measurement measured, string split) => measured.Of(split)?["perplexity"];
}
