namespace ModularNetworks.Data;

/// <summary>What is wrong with the quotes of a line.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1.</param>
/// <param name="IsOpen">Whether quotes are not closed; else they are misplaced.</param>
/// <param name="ReachesEnd">Whether they may be closed after the end of what can be read.</param>
/// <param name="IsText">Whether the line is valid UTF-8; if not, it may be no text at all.</param>
internal sealed record QuoteProblem(long Line, int Column, bool IsOpen, bool ReachesEnd, bool IsText);
