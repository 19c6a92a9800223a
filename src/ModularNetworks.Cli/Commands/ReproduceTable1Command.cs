using System.CommandLine;
using ModularNetworks.Cli.Reproduction;
using ModularNetworks.Cli.Training;
using ModularNetworks.Data;
using ModularNetworks.Experiments;

namespace ModularNetworks.Cli.Commands;

/// <summary><c>modnet reproduce table1</c>: the paper's language models, a run folder each, and their table.</summary>
internal sealed class ReproduceTable1Command : Command
{
    private readonly CliContext _context;
    private readonly DataInputs _inputs;
    private readonly ReproductionOptions _options;
    private readonly Option<string?> _rows = new("--rows")
    {
        Description = $"Which rows, with commas between them, or a method for all of its rows: {string.Join(", ", RowNames.All)}. (default: all)",
    };

    public ReproduceTable1Command(CliContext context)
        : base(
            "table1",
            "Trains the language models of the paper's Table 1 and writes table1.json and table1.md. The same command goes on "
            + "with what was interrupted; more --steps extend what is finished. The table covers all finished runs in --out.")
    {
        _context = context;
        _inputs = new DataInputs(this, context.Data, LanguageModelExperiments.PennTreebank, LanguageModelPresets.Paper);
        Options.Add(_rows);
        _options = new ReproductionOptions(this, "row", _inputs.Defaults.Steps);
        SetAction((result, stop) => Task.Run(() => Run(result, stop), CancellationToken.None));
    }

    private int Run(ParseResult result, CancellationToken stop)
    {
        var rows = RowNames.Read(result.GetValue(_rows));
        var (seeds, jobs) = (_options.Seeds(result), _options.Jobs(result));
        var options = _options.Shared(result, (LanguageModelOptions)_inputs.ReadPreset(result)) with { Data = _inputs.Locate(result) };
        var folder = new Table1Folder(_options.Folder(result), options, PennTreebank.Load(options.Data));
        var runs = SeedRun.Of(rows, seeds);
        folder.Require(runs);
        var origin = new Origin(CommandText(result, options, seeds), _inputs.PresetName(result), ToolVersion.WithCommit, Machine.This());
        bool whole = Table1View.Create().Show(
            _context, rows, observer => Table1.Reproduction(folder, _context.Disk, origin, observer).Run(runs, jobs, stop));
        return ReproductionEnd.Say(_context, whole, "table", folder.FullPath, Table1Report.MarkdownFile, Table1Report.JsonFile);
    }

    /// <summary>The command with all that decides the results, whichever way the data and the folder are called here.</summary>
    private string CommandText(ParseResult result, LanguageModelOptions options, int seeds)
    {
        string rows = result.GetValue(_rows) is { } chosen ? $" --rows {ShellWord.ForPosix(chosen)}" : "";
        return $"modnet reproduce table1 --data DIR{rows} --seeds {seeds} --steps {options.Steps} --preset {_inputs.PresetName(result)}";
    }
}
