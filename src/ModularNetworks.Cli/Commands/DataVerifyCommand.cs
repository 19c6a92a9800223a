using System.CommandLine;
using ModularNetworks.Data;

namespace ModularNetworks.Cli.Commands;

/// <summary><c>modnet data verify</c>: compares the files with what is known about them.</summary>
internal sealed class DataVerifyCommand : Command
{
    private readonly CliContext _context;
    private readonly Argument<string?> _name = new("NAME")
    {
        Description = "The data set, as in 'modnet data list'. (default: all that are found)",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _data = new("--data")
    {
        Description = "The data set's folder or archive; needs NAME. (default: $MODNET_DATA/NAME, else "
            + "modnet/data/NAME in the user's cache folder)",
        HelpName = "DIR",
    };

    public DataVerifyCommand(CliContext context)
        : base("verify", "Checks the files of a data set: sizes, contents, labels. Exit code 1 if they are not as expected.")
    {
        _context = context;
        Arguments.Add(_name);
        Options.Add(_data);
        SetAction(Run);
    }

    private int Run(ParseResult result)
    {
        string? name = result.GetValue(_name), data = result.GetValue(_data);
        if (name is null && data is not null)
            throw new UserErrorException($"data verify: --data {data} needs the name of the data set it holds. Add NAME.");
        bool isGood = name is null ? VerifyAll() : Verify(DataSets.Get(name), _context.Data.Resolve(data, name));
        return isGood ? ExitCode.Success : ExitCode.Failure;
    }

    private bool VerifyAll()
    {
        if (DataSets.All.All(dataSet => _context.Data.Find(dataSet.Name) is null))
        {
            throw new UserErrorException(
                "data verify: no data set was found. Give the name of one and its folder or archive with --data, or set "
                + $"{DataLocation.VariableName} as 'modnet data list' says.");
        }
        // All are checked before the exit code is decided, so that one call shows everything.
        bool isGood = true;
        foreach (var dataSet in DataSets.All)
        {
            if (_context.Data.Find(dataSet.Name) is { } location)
                isGood &= Verify(dataSet, location);
            else
                _context.WriteLine(_context.AsCalled($"{dataSet.Name}: not checked, since it was not found; see 'modnet data list'"));
        }
        return isGood;
    }

    private bool Verify(DataSet dataSet, string location)
    {
        var problems = DataSets.Verify(dataSet.Name, location);
        foreach (string problem in problems)
            _context.WriteLine(problem);
        _context.WriteLine(problems.Count == 0
            ? $"{dataSet.Name}: all files are as expected ({location})"
            : $"{dataSet.Name}: not as expected; problems: {problems.Count} ({location})");
        return problems.Count == 0;
    }
}
