using System.CommandLine;
using ModularNetworks.Experiments;

namespace ModularNetworks.Cli.Training;

/// <summary>The flag of a choice that changes several options at once.</summary>
/// <param name="choice">The choice.</param>
internal sealed class ChoiceOption(OptionChoice choice)
{
    /// <summary>The flag.</summary>
    public Option<string?> Option { get; } = new($"--{choice.Name}") { Description = choice.Description };

    /// <summary>Changes options as the flag asks for.</summary>
    /// <exception cref="UserErrorException">There is no such value.</exception>
    public RunOptions Apply(RunOptions options, ParseResult result)
    {
        if (result.GetValue(Option) is not { } value)
            return options;
        return choice.Values.Count == 0 || choice.Values.Contains(value) ? choice.Apply(options, value) : throw new UserErrorException(
            $"--{choice.Name} {value}: the value is not known. Choose {string.Join(" or ", choice.Values)}.");
    }
}
