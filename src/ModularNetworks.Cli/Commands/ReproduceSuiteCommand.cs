using System.CommandLine;
using ModularNetworks.Cli.Reproduction;
using ModularNetworks.Experiments;

namespace ModularNetworks.Cli.Commands;

/// <summary><c>modnet reproduce suite</c>: every method on every task of the benchmark suite, and their tables.</summary>
internal sealed class ReproduceSuiteCommand : Command
{
    private const int Seeds = 5;

    private readonly CliContext _context;
    private readonly ReproductionOptions _options;
    private readonly SuiteOptions _choice;

    public ReproduceSuiteCommand(CliContext context)
        : base(
            "suite",
            "Trains the methods on the tasks of the benchmark suite and writes suite.json and suite.md. The same command goes on with what "
            + "was interrupted. The tables cover all rows in --out whose seeds are finished.")
    {
        _context = context;
        _choice = new SuiteOptions(this, context.Suite);
        _options = new ReproductionOptions(this, "row", steps: null, Seeds);
        SetAction((result, stop) => Task.Run(() => Run(result, stop), CancellationToken.None));
    }

    private int Run(ParseResult result, CancellationToken stop)
    {
        if (_choice.IsList(result))
            return List();
        var (tasks, methods) = (_choice.Tasks(result), _choice.Methods(result));
        bool isQuick = _choice.IsQuick(result);
        int seeds = isQuick ? _options.SeedsIfGiven(result) ?? 1 : _options.Seeds(result);
        int trials = _choice.Trials(result), jobs = _options.Jobs(result);
        int threads = _options.Threads(result, Math.Min(Environment.ProcessorCount, RunOptions.MostThreads));
        string path = _options.Folder(result);
        var located = _context.Suite with { Tasks = [.. _context.Suite.Tasks.Select(task => tasks.Contains(task) ? WithData(isQuick ? task.Quickly() : task) : task)] };
        var scope = new SuiteScope([.. located.Tasks.Where(task => tasks.Any(one => one.Name == task.Name))], methods, seeds, trials, threads);
        var plan = new SuitePlan(located, scope, _context.Experiments);
        var folder = new SuiteFolder(path, plan);
        folder.Require(plan.Runs);
        string command = $"modnet reproduce suite --tasks {Names(tasks.Select(task => task.Name))} --methods {Names(methods.Select(method => method.Name))} "
            + $"--seeds {seeds} --trials {trials}{(isQuick ? " --quick" : "")}";
        var origin = new Origin(command, "suite", ToolVersion.WithCommit, Machine.This());
        bool whole = SuiteView.Create().Show(
            _context, plan.Runs.Select(run => run.Series),
            observer => Suite.Reproduction(folder, _context.Disk, origin, observer).Run(plan.Runs, jobs, stop));
        return ReproductionEnd.Say(_context, whole, "suite", folder.FullPath, SuiteReport.MarkdownFile, SuiteReport.JsonFile);
    }

    private static string Names(IEnumerable<string> names) => string.Join(',', names);

    private SuiteTask WithData(SuiteTask task) => task.DataSet is { } name
        ? task.At(Path.TrimEndingDirectorySeparator(Path.GetFullPath(_context.Data.Resolve(null, name))))
        : task;

    private int List()
    {
        _context.WriteLine("Tasks");
        foreach (var task in _context.Suite.Tasks)
            _context.WriteLine($"  {task.Name}: {task.Description}; {task.Metric}{(task.IsControl ? "; a control" : "")}");
        _context.WriteLine("Methods");
        foreach (var method in _context.Suite.Methods)
        {
            string[] without = [.. _context.Suite.Tasks.Where(task => !method.AppliesTo(task)).Select(task => task.Name)];
            _context.WriteLine($"  {method.Name}: {method.Description}{(without.Length > 0 ? $"; not on {string.Join(", ", without)}" : "")}");
        }
        return ExitCode.Success;
    }
}
