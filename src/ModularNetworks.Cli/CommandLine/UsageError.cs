using System.CommandLine;
using System.CommandLine.Parsing;

namespace ModularNetworks.Cli.CommandLine;

/// <summary>Says in one line what is wrong with a command line.</summary>
internal static class UsageError
{
    /// <summary>The line for a command line with errors, or null if it has none.</summary>
    public static string? Find(ParseResult result) => Problem(result) is { } problem
        ? $"{problem} See '{PathOf(result.CommandResult)} --help'."
        : null;

    private static string? Problem(ParseResult result)
    {
        var place = result.CommandResult;
        if (result.UnmatchedTokens.Count > 0)
            return DescribeUnknown(result.UnmatchedTokens[0], place);
        if (MisreadOption(place) is { } option)
            return DescribeUnknown(option, place);
        if (place.Command is { Action: null, Subcommands.Count: > 0 } group)
            return $"'{PathOf(place)}' needs one of {string.Join(", ", group.Subcommands.Select(sub => sub.Name))}.";
        return result.Errors.Count > 0 ? DescribeUnreadable(result.Errors[0]) ?? result.Errors[0].Message : null;
    }

    // The library would name the .NET type that it could not make.
    private static string? DescribeUnreadable(ParseError error)
    {
        if (error.SymbolResult is not OptionResult { Tokens.Count: > 0 } result)
            return null;
        if (result is { IdentifierTokenCount: > 1, Option.Arity.MaximumNumberOfValues: 1 })
            return $"{result.Option.Name} is given {result.IdentifierTokenCount} times. Give it once.";
        return Expected(result.Option.ValueType) is not { } expected
            ? null
            : $"{result.Option.Name} is '{result.Tokens[0].Value}'; {expected} was expected.";
    }

    private static string? Expected(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var number when number == typeof(int) => $"a whole number up to {int.MaxValue}",
        var number when number == typeof(long) => $"a whole number up to {long.MaxValue}",
        var number when number == typeof(ulong) => $"a whole number from 0 to {ulong.MaxValue}",
        var number when number == typeof(double) => "a number, such as 0.5,",
        _ => null,
    };

    // The library takes an option it does not know for an argument where the command has one to fill.
    private static string? MisreadOption(CommandResult place) => place.Children
        .OfType<ArgumentResult>()
        .SelectMany(argument => argument.Tokens)
        .Select(token => token.Value)
        .FirstOrDefault(value => value.StartsWith("--", StringComparison.Ordinal));

    private static string DescribeUnknown(string token, CommandResult place)
    {
        bool isOption = token.StartsWith('-');
        string name = isOption ? token.Split('=', ':')[0] : token;
        string? near = Spelling.Nearest(name, isOption ? OptionNames(place) : place.Command.Subcommands.Select(sub => sub.Name));
        string kind = isOption ? "option" : place.Command.Subcommands.Count > 0 ? "command" : "argument";
        string hint = near is null ? "." : $"; did you mean '{near}'?";
        return $"unknown {kind} '{name}' of '{PathOf(place)}'{hint}";
    }

    private static IEnumerable<string> OptionNames(CommandResult place)
    {
        foreach (var option in place.Command.Options)
            yield return option.Name;
        for (var above = place.Parent as CommandResult; above is not null; above = above.Parent as CommandResult)
        {
            foreach (var option in above.Command.Options.Where(option => option.Recursive))
                yield return option.Name;
        }
    }

    private static string PathOf(CommandResult place) => place.Parent is CommandResult above
        ? $"{PathOf(above)} {place.Command.Name}"
        : "modnet";
}
