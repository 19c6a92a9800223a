using System.CommandLine;
using ModularNetworks.Experiments;

namespace ModularNetworks.Cli.Reproduction;

/// <summary>The options that choose what of the benchmark suite is trained.</summary>
internal sealed class SuiteOptions
{
    private const int UsualTrials = 6;
    private const int MostTrials = 1000;

    private readonly SuiteCatalogue _suite;

    private readonly Option<string?> _tasks = new("--tasks") { Description = "Which tasks, with commas between them. (default: all)" };
    private readonly Option<string?> _methods = new("--methods") { Description = "Which methods, with commas between them. (default: all)" };

    private readonly Option<int?> _trials = new("--trials")
    {
        Description = "The number of settings that are tried for each row, with a seed of their own; the one that is best on validation data "
            + $"is used for the final runs. With 1, the base setting is used untried. (default: {UsualTrials})",
    };

    private readonly Option<bool> _quick = new("--quick");
    private readonly Option<bool> _list = new("--list") { Description = "Lists the tasks and methods, and trains nothing." };

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="suite">The tasks and methods.</param>
    public SuiteOptions(Command command, SuiteCatalogue suite)
    {
        _suite = suite;
        _quick.Description = $"A first look: tasks {string.Join(", ", suite.QuickTasks)}, methods {string.Join(", ", suite.QuickMethods)}, "
            + "one seed and one trial where nothing else is said; fewer steps of what takes long.";
        foreach (var option in (Option[])[_tasks, _methods, _trials, _quick, _list])
            command.Options.Add(option);
    }

    /// <summary>Whether only a list is asked for.</summary>
    public bool IsList(ParseResult result) => result.GetValue(_list);

    /// <summary>Whether only a first look is asked for.</summary>
    public bool IsQuick(ParseResult result) => result.GetValue(_quick);

    /// <summary>The tasks, in the suite's order.</summary>
    /// <exception cref="UserErrorException">There is no task of a name.</exception>
    public IReadOnlyList<SuiteTask> Tasks(ParseResult result) =>
        Chosen(result, _tasks, "task", _suite.Tasks, task => task.Name, _suite.QuickTasks);

    /// <summary>The methods, in the suite's order.</summary>
    /// <exception cref="UserErrorException">There is no method of a name.</exception>
    public IReadOnlyList<SuiteMethod> Methods(ParseResult result) =>
        Chosen(result, _methods, "method", _suite.Methods, method => method.Name, _suite.QuickMethods);

    /// <summary>The number of settings that are tried for each row.</summary>
    /// <exception cref="UserErrorException">It is out of range.</exception>
    public int Trials(ParseResult result)
    {
        int trials = result.GetValue(_trials) ?? (IsQuick(result) ? 1 : UsualTrials);
        return trials is >= 1 and <= MostTrials
            ? trials
            : throw new UserErrorException($"reproduce suite: --trials is {trials}; it must be from 1 to {MostTrials}.");
    }

    private IReadOnlyList<T> Chosen<T>(
        ParseResult result, Option<string?> option, string what, IReadOnlyList<T> all, Func<T, string> nameOf, IReadOnlyList<string> quick)
    {
        string[] names = [.. all.Select(nameOf)];
        IReadOnlyList<string>? chosen = result.GetValue(option) is { } text ? ChosenNames.Read(option.Name, what, text, names)
            : IsQuick(result) ? quick : null;
        return chosen is null ? all : [.. all.Where(one => chosen.Contains(nameOf(one)))];
    }
}
