namespace ModularNetworks.Experiments;

/// <summary>A prediction of what follows a text.</summary>
/// <param name="Next">The most probable words, characters or tokens, the most probable one first.</param>
/// <param name="Modules">The modules that read the end of the text, on which the prediction rests, <c>[K]</c>.</param>
public sealed record TextPrediction(IReadOnlyList<NextToken> Next, IReadOnlyList<int> Modules);

/// <summary>A word, character or token that may follow.</summary>
/// <param name="Token">The word or character, or a token's text (<see cref="Data.TextEncoding.TextOf"/>); <c>&lt;eos&gt;</c> is the end of a line of words.</param>
/// <param name="Probability">Its probability, from 0 to 1.</param>
public sealed record NextToken(string Token, float Probability);
