namespace ModularNetworks.Experiments;

/// <summary>The answer of a comparison.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Sentence">The answer in one sentence.</param>
/// <param name="Use">The name of the row to use; null if it is not known.</param>
public sealed record ComparisonAnswer(ComparisonVerdict Verdict, string Sentence, string? Use);
