using System.CommandLine;
using ModularNetworks.Data;

namespace ModularNetworks.Cli.Commands;

/// <summary><c>modnet data verify</c>: compares the files with the published sizes, checksums and word counts.</summary>
internal sealed class DataVerifyCommand : Command
{
    private readonly CliContext _context;
    private readonly Argument<string?> _name = new("NAME")
    {
        Description = "The data set, as in 'modnet data list'. (default: all)",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _data = new("--data")
    {
        Description = "The data set's folder or archive; needs NAME. (default: $MODNET_DATA/NAME, else "
            + "modnet/data/NAME in the user's cache folder)",
        HelpName = "DIR",
    };

    public DataVerifyCommand(CliContext context)
        : base("verify", "Checks the files of a data set: sizes, checksums, word counts. Exit code 1 if they differ.")
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
        var chosen = name is null ? DataSets.All : [DataSets.Get(name)];
        // All are checked before the exit code is decided, so that one call shows everything.
        int failures = chosen.Count(dataSet => !Verify(dataSet, data));
        return failures == 0 ? ExitCode.Success : ExitCode.Failure;
    }

    private bool Verify(DataSet dataSet, string? data)
    {
        string location = _context.Data.Resolve(data, dataSet.Name);
        var problems = DataSets.Verify(dataSet.Name, location);
        foreach (string problem in problems)
            _context.WriteLine(problem);
        _context.WriteLine(problems.Count == 0
            ? $"{dataSet.Name}: all {dataSet.Files.Count} files are as published ({location})"
            : $"{dataSet.Name}: not as published; problems: {problems.Count} ({location})");
        return problems.Count == 0;
    }
}
