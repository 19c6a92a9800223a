using System.CommandLine;
using System.Globalization;
using System.Text;
using ModularNetworks.Cli.CommandLine;
using ModularNetworks.Engine;
using ModularNetworks.Experiments;
using ModularNetworks.Reporting;

namespace ModularNetworks.Cli.Commands;

/// <summary><c>modnet report</c>: a page that shows runs.</summary>
internal sealed class ReportCommand : Command
{
    private const string DefaultFile = "report.html";

    // Figures of more runs could not be told apart.
    private const int MostRunsBelow = 100;

    private readonly CliContext _context;
    private readonly Argument<string[]> _runs = new("RUN")
    {
        Description = "The run folders, or folders with run folders up to three levels below them; runs of the same experiment are compared. "
            + "Also folders of 'modnet compare' and 'modnet reproduce suite'.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string?> _output = new("--output", "-o")
    {
        Description = $"The file to write. (default: {DefaultFile})",
        HelpName = "FILE",
    };

    public ReportCommand(CliContext context)
        : base("report", "Writes one HTML file that shows what runs learned, in figures; it opens in any browser, without a network.")
    {
        _context = context;
        Arguments.Add(_runs);
        Options.Add(_output);
        SetAction(Run);
    }

    private int Run(ParseResult result)
    {
        var file = OutputFile.Of(Name, result.GetValue(_output) ?? DefaultFile);
        string[] given = result.GetRequiredValue(_runs);
        if (given.Any(string.IsNullOrWhiteSpace))
            throw new UserErrorException("report: the name of a run folder is empty. Give the folder of --out.");
        string[] folders = [.. given.Select(Path.TrimEndingDirectorySeparator).SelectMany(RunsIn).DistinctBy(Path.GetFullPath)];
        var problems = new List<string>();
        string[] compared = [.. folders.Where(ComparisonData.Exists)];
        var comparisons = compared.Select(folder => Read(() => ComparisonData.Read(folder, folder), problems)).OfType<ComparisonData>().ToArray();
        var runs = folders.Except(compared).Select(folder => Read(() => RunData.Read(folder, folder, RunDetail.For(folders.Length)), problems)).OfType<RunData>().ToArray();
        if (runs.Length + comparisons.Length == 0)
            return ExitCode.BadInput;
        string page = ReportPage.Make(ToolVersion.Text, DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().DateTime), runs, comparisons, problems, out bool withPictures);
        file.Write(_context.Disk, stream => stream.Write(Encoding.UTF8.GetBytes(page)));
        foreach (var run in runs)
        {
            foreach (string warning in run.Warnings)
                _context.Error.WriteLine($"warning: {run.Name}: {warning}");
        }
        double size = new FileInfo(file.Path).Length / 1e6;
        _context.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{file.Path}: {string.Join(", ", Counts(runs.Length, comparisons.Length))}, {size:F1} MB"));
        if (!withPictures)
            _context.WriteLine("The pictures of typical images are left out, which would have made it too large; report fewer runs to see them.");
        return problems.Count == 0 ? ExitCode.Success : ExitCode.BadInput;
    }

    /// <summary>
    /// The run folders and comparisons in a folder, but for the runs of a table below it; the folder itself where there are none, so that
    /// this is told.
    /// </summary>
    private IEnumerable<string> RunsIn(string folder)
    {
        // A comparison or a suite is shown as a whole, without its many runs.
        if (ComparisonData.Exists(folder))
            return [folder];
        var found = RunFolders.In(folder);
        string[] groups = [.. found.Groups.Select(name => Path.Join(folder, name))];
        string[] shown = [.. found.Runs.Select(name => name.Length == 0 ? folder : Path.Join(folder, name)), .. groups.Where(ComparisonData.Exists)];
        if (shown.Length > MostRunsBelow)
        {
            throw new UserErrorException(
                $"report: {folder} holds {Counted.Of(shown.Length, "run")}; of one folder at most {MostRunsBelow} are shown. Name the runs to show, or use 'modnet board {folder}'.");
        }
        string[] others = [.. groups.Except(shown)];
        if (shown.Length == 0 && others.Length > 0)
            throw new UserErrorException($"report: {folder} holds runs of {string.Join(", ", others)} only, which are parts of one thing. Name that folder.");
        foreach (string group in others)
            _context.WriteLine($"the runs of {group} are left out; {_context.Command(Name, group)} shows them");
        return shown.DefaultIfEmpty(folder);
    }

    private static IEnumerable<string> Counts(int runs, int comparisons)
    {
        if (runs > 0)
            yield return Counted.Of(runs, "run");
        if (comparisons > 0)
            yield return Counted.Of(comparisons, "comparison");
    }

    /// <summary>Reads a run or a comparison; a folder that cannot be read is told and does not keep the others from the page.</summary>
    private TData? Read<TData>(Func<TData> read, List<string> problems)
        where TData : class
    {
        try
        {
            return read();
        }
        catch (RunException exception)
        {
            _context.Error.WriteLine(ErrorLine.Of(exception));
            problems.Add(exception.Message);
            return null;
        }
    }
}
