using System.CommandLine;
using System.Globalization;
using ModularNetworks.Cli.Comparing;
using ModularNetworks.Cli.Reproduction;
using ModularNetworks.Engine;
using ModularNetworks.Experiments;

namespace ModularNetworks.Cli.Commands;

/// <summary><c>modnet compare</c>: do modules pay on data of one's own?</summary>
internal sealed class CompareCommand : Command
{
    private readonly CliContext _context;
    private readonly ComparisonOptions _options;

    public CompareCommand(CliContext context)
        : base(
            "compare",
            "Trains networks with and without modules on a table, a text or images of your own, and says in one sentence whether modules pay there. "
            + "Steps, trials and seeds are planned so that it ends within the budget. The same command goes on with what was interrupted.")
    {
        _context = context;
        _options = new ComparisonOptions(this, context.Experiments);
        SetAction((result, stop) => Task.Run(() => Run(result, stop), CancellationToken.None));
    }

    /// <summary>Whether a catalogue has all kinds of data that are compared; a catalogue of one's own may have others.</summary>
    public static bool CanCompare(ExperimentCatalogue experiments) =>
        ComparedKind.All.All(kind => experiments.Kinds.Any(one => one.Name == kind.Name));

    private int Run(ParseResult result, CancellationToken stop)
    {
        string path = _options.Folder(result);
        var question = _options.Question(result, _context.WriteLine) with { Experiments = _context.ExperimentsUntil(stop) };
        ModuleComparison comparison;
        try
        {
            comparison = ModuleComparison.Open(path, question, _context.Disk, _context.WriteLine, stop);
        }
        catch (OperationCanceledException)
        {
            return Stopped();
        }
        foreach (string line in PlanLines(comparison))
            _context.WriteLine(line);
        var origin = new Origin(CommandOf(question), "compare", ToolVersion.WithCommit, Machine.This());
        var report = SuiteView.Create().Show(_context, comparison.Rows, observer => comparison.Run(origin, observer, stop));
        return report is null ? Stopped() : Say(comparison, report);
    }

    private int Stopped()
    {
        _context.WriteLine("stopped; the same command goes on");
        return ExitCode.Interrupted;
    }

    private int Say(ModuleComparison comparison, ComparisonReport report)
    {
        foreach (string line in report.Rows.Count > 0 ? report.TableLines() : [])
            _context.WriteLine(line);
        foreach (string missing in report.Missing)
            _context.WriteLine(missing);
        _context.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"seeds: {report.Seeds}{(report.Seeds < report.PlannedSeeds ? $" of {report.PlannedSeeds}, since the budget is used up" : "")}; {comparison.Seconds:F0} s of {comparison.BudgetMinutes * 60:F0} s"));
        if (comparison.Plan.SeedsAreSettled && report.Steps < report.UsualSteps)
            _context.WriteLine("the rest of the time is not used: it does not pay for a seed more, or there are enough; more steps need a larger budget and a new --out");
        _context.WriteLine(report.Answer.Sentence);
        if (report.Use is { } use)
            _context.WriteLine($"to use it: {_context.Command(use)}");
        if (ComparisonNotes.OnSteps(report) is { } note)
            _context.WriteLine(note);
        string[] files = [Path.Join(comparison.FullPath, ComparisonReport.MarkdownFile), Path.Join(comparison.FullPath, ComparisonReport.JsonFile)];
        _context.WriteLine($"compare: {string.Join(", ", files)}; {_context.Command("report", comparison.FullPath)} makes a page");
        return report.Rows.Count > 0 ? ExitCode.Success : ExitCode.Failure;
    }

    private static IEnumerable<string> PlanLines(ModuleComparison comparison)
    {
        var plan = comparison.Plan;
        string of = plan.Steps < plan.UsualSteps ? $" of the usual {plan.UsualSteps}" : "";
        yield return $"plan: {Counted.Of(plan.Costs.Count, "row")}, each of {Counted.Of(plan.Trials, "trial")} and {Counted.Of(plan.Seeds, "seed")} of "
            + $"{Counted.Of(plan.Steps, "step")}{of}; {plan.Metric}, {(plan.HigherIsBetter ? "higher" : "lower")} is better";
        if (!plan.SeedsAreSettled && comparison.GoesOn)
            yield return "more seeds follow if time is left";
        foreach (string leftOut in plan.LeftOut)
            yield return leftOut;
    }

    private static string CommandOf(ComparisonQuestion question)
    {
        var options = question.Options;
        string data = options is DataRunOptions read ? $" --data {ShellWord.ForPosix(read.Data)}" : "";
        string target = options is TableOptions table ? $" --target {ShellWord.ForPosix(table.Target)}" : "";
        return FormattableString.Invariant($"modnet compare --kind {options.Experiment}{data}{target} --budget {question.BudgetMinutes}");
    }
}
