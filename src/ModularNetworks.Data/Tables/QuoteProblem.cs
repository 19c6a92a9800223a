namespace ModularNetworks.Data;

/// <summary>What is wrong with the quotes of a line.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1.</param>
/// <param name="IsOpen">Whether quotes are not closed; else they are misplaced.</param>
/// <param name="ReachesEnd">Whether they may be closed after the end of what can be read.</param>
internal sealed record QuoteProblem(long Line, int Column, bool IsOpen, bool ReachesEnd);
