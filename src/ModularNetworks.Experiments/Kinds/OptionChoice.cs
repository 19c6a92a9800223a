namespace ModularNetworks.Experiments;

/// <summary>A choice that changes several options at once, with a flag of its own.</summary>
/// <param name="Name">The flag without its dashes; the option of this name cannot be given by <c>--set</c>.</param>
/// <param name="Description">The sentences for the command's help.</param>
/// <param name="Values">The values that there are; none if any text is one.</param>
/// <param name="Apply">Changes options as one of the values asks for.</param>
public sealed record OptionChoice(string Name, string Description, IReadOnlyList<string> Values, Func<RunOptions, string, RunOptions> Apply);
