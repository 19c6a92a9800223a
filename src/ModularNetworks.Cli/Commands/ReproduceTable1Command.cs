using System.CommandLine;
using ModularNetworks.Cli.Reproduction;
using ModularNetworks.Cli.Training;
using ModularNetworks.Data;
using ModularNetworks.Experiments;

namespace ModularNetworks.Cli.Commands;

/// <summary><c>modnet reproduce table1</c>: the paper's language models, a run folder each, and their table.</summary>
internal sealed class ReproduceTable1Command : Command
{
    private const string DefaultFolder = "runs/table1";
    private const int MostSeeds = 1000;

    private readonly CliContext _context;
    private readonly LanguageModelInputs _inputs;
    private readonly Option<string?> _rows = new("--rows")
    {
        Description = $"Which rows, with commas between them, or a method for all of its rows: {string.Join(", ", RowNames.All)}. (default: all)",
    };

    private readonly Option<int?> _seeds = new("--seeds")
    {
        Description = "The number of runs of each row; their seeds are 1, 2, and so on. (default: 1)",
    };

    private readonly Option<long?> _steps = new("--steps")
    {
        Description = "The number of gradient steps (M-steps) of each run. (default: 50000)",
    };

    private readonly Option<string?> _out = new("--out")
    {
        Description = $"The folder of the run folders and the table. (default: {DefaultFolder})",
        HelpName = "DIR",
    };

    private readonly Option<int?> _threads = new("--threads")
    {
        Description = "The number of threads of each run; does not change the result. (default: the number of cores, shared among the jobs)",
    };

    private readonly Option<int?> _jobs = new("--jobs")
    {
        Description = "The number of runs at the same time; does not change the result. Several runs of one thread use the cores "
            + "a little better than one run of several threads. (default: 1)",
    };

    public ReproduceTable1Command(CliContext context)
        : base(
            "table1",
            "Trains the language models of the paper's Table 1 and writes table1.json and table1.md. The same command goes on "
            + "with what was interrupted; more --steps extend what is finished. The table covers all finished runs in --out.")
    {
        _context = context;
        _inputs = new LanguageModelInputs(this, context.Data);
        foreach (var option in (Option[])[_rows, _seeds, _steps, _out, _threads, _jobs])
            Options.Add(option);
        SetAction((result, stop) => Task.Run(() => Run(result, stop), CancellationToken.None));
    }

    private int Run(ParseResult result, CancellationToken stop)
    {
        var rows = RowNames.Read(result.GetValue(_rows));
        int seeds = InRange("--seeds", result.GetValue(_seeds) ?? 1, MostSeeds);
        int jobs = InRange("--jobs", result.GetValue(_jobs) ?? 1, RunOptions.MostThreads);
        var preset = _inputs.ReadPreset(result);
        var options = preset with
        {
            Steps = result.GetValue(_steps) ?? preset.Steps,
            Threads = InRange("--threads", result.GetValue(_threads) ?? Math.Max(1, preset.Threads / jobs), RunOptions.MostThreads),
            Data = _inputs.Locate(result),
        };
        string path = result.GetValue(_out) ?? DefaultFolder;
        if (string.IsNullOrWhiteSpace(path))
            throw new UserErrorException($"reproduce table1: --out is empty; give a folder, such as {DefaultFolder}.");
        var folder = new Table1Folder(path, options);
        var runs = Table1Run.Of(rows, seeds);
        folder.Require(runs);
        var corpus = PennTreebank.Load(options.Data);
        var origin = new Table1Origin(CommandText(result, options, seeds), _inputs.PresetName(result), ToolVersion.Text, Machine.This());
        bool whole = Table1Board.Show(
            _context, rows, observer => new Table1Reproduction(folder, corpus, origin, observer).Run(runs, jobs, stop));
        return End(folder, whole);
    }

    private int End(Table1Folder folder, bool whole)
    {
        if (!whole)
        {
            _context.WriteLine("stopped; the same command goes on");
            return ExitCode.Interrupted;
        }
        _context.WriteLine($"table: {Path.Join(folder.FullPath, Table1Report.MarkdownFile)}, {Path.Join(folder.FullPath, Table1Report.JsonFile)}");
        return ExitCode.Success;
    }

    private static int InRange(string option, int value, int most) => value >= 1 && value <= most
        ? value
        : throw new UserErrorException($"reproduce table1: {option} is {value}; it must be from 1 to {most}.");

    /// <summary>The command with all that decides the results, whichever way the data and the folder are called here.</summary>
    private string CommandText(ParseResult result, LanguageModelOptions options, int seeds)
    {
        string rows = result.GetValue(_rows) is { } chosen ? $" --rows {chosen}" : "";
        return $"modnet reproduce table1 --data DIR{rows} --seeds {seeds} --steps {options.Steps} --preset {_inputs.PresetName(result)}";
    }
}
