using System.CommandLine;
using ModularNetworks.Cli.Downloading;
using ModularNetworks.Data;

namespace ModularNetworks.Cli.Commands;

/// <summary><c>modnet data get</c>: downloads data sets.</summary>
internal sealed class DataGetCommand : Command
{
    private const string WasThere = "is there and whole; nothing was downloaded";

    private readonly CliContext _context;
    private readonly Argument<string[]> _names = new("NAME")
    {
        Description = "The data sets, as in 'modnet data list'. (default: all)",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string?> _to = new("--to")
    {
        Description = $"The folder that gets a folder NAME for each, as {DataLocation.VariableName} names one. (default: "
            + "modnet/data in the user's cache folder)",
        HelpName = "DIR",
    };

    public DataGetCommand(CliContext context)
        : base(
            "get",
            "Downloads data sets that are not there and whole already, and checks them. Ctrl-C stops it; the same command goes on.")
    {
        _context = context;
        Arguments.Add(_names);
        Options.Add(_to);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult result, CancellationToken stop)
    {
        string[] names = result.GetValue(_names) ?? [];
        DataSet[] dataSets = names.Length == 0 ? [.. DataSets.All] : [.. names.Distinct().Select(DataSets.Get)];
        string? to = result.GetValue(_to);
        // One that cannot be had does not keep the others away.
        var problems = new List<Exception>();
        int code = await DownloadDisplay.ShowAsync(_context, display => GetAllAsync(dataSets, to, problems, display, stop));
        return problems.Count == 0 ? code : throw Failure(problems, dataSets.Length);
    }

    private Exception Failure(List<Exception> problems, int dataSets)
    {
        if (problems is [var only])
            return only;
        foreach (var problem in problems)
            _context.WriteLine(_context.AsCalled(problem.Message));
        return new UserErrorException(
            $"data get: {problems.Count} of {dataSets} data sets could not be had. The lines above say why, and what to do.");
    }

    private async Task<int> GetAllAsync(
        DataSet[] dataSets, string? to, List<Exception> problems, DownloadDisplay display, CancellationToken stop)
    {
        using var download = new DataSetDownload(_context.CreateHandler(), TimeProvider.System, display);
        foreach (var dataSet in dataSets)
        {
            try
            {
                await GetAsync(dataSet, to, download, display, stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                display.WriteLine("stopped; what has come is kept, and the same command goes on");
                return ExitCode.Interrupted;
            }
            catch (Exception problem) when (problem is DataException or UserErrorException)
            {
                problems.Add(problem);
            }
        }
        return ExitCode.Success;
    }

    private async Task GetAsync(
        DataSet dataSet, string? to, DataSetDownload download, DownloadDisplay display, CancellationToken stop)
    {
        string? elsewhere = to is null ? FoundElsewhere(dataSet) : null;
        if (elsewhere is not null)
            RequireWhole(dataSet, elsewhere);
        if (elsewhere is not null && !dataSet.IsUnpacked)
        {
            Tell(display, dataSet, WasThere, elsewhere);
            return;
        }
        // An archive that is to be unpacked is unpacked where it lies.
        string folder = Path.GetFullPath(elsewhere ?? (to is null ? _context.Data.InCache(dataSet.Name) : Path.Join(to, dataSet.Name)));
        bool downloaded = await download.GetAsync(dataSet, folder, stop);
        Tell(display, dataSet, downloaded ? "downloaded; all files are as expected" : WasThere, folder);
    }

    private void Tell(DownloadDisplay display, DataSet dataSet, string what, string place)
    {
        display.WriteLine($"{dataSet.Name}: {what} ({place})");
        display.WriteLine($"{dataSet.Name}: to train on it: {_context.Command(dataSet.Use.Words(place))}");
    }

    // Found in another place than the one that would get it.
    private string? FoundElsewhere(DataSet dataSet)
    {
        string? found = _context.Data.Find(dataSet.Name);
        bool isInCache = _context.Data.CacheFolder is not null && found is not null
            && Path.GetFullPath(found) == Path.GetFullPath(_context.Data.InCache(dataSet.Name));
        return isInCache ? null : found;
    }

    // It is found before the cache folder, so that a download into that would change nothing.
    private static void RequireWhole(DataSet dataSet, string found)
    {
        if (DataSets.Verify(dataSet.Name, found) is [var problem, ..])
        {
            throw new UserErrorException(
                $"data get: {found} is found first and is not whole: {problem} Move it away, or download over it with "
                + $"--to {Path.GetDirectoryName(Path.GetFullPath(found))}.");
        }
    }
}
