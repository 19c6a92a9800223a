using System.CommandLine;
using ModularNetworks.Cli.Reproduction;
using ModularNetworks.Cli.Training;
using ModularNetworks.Experiments;

namespace ModularNetworks.Cli.Commands;

/// <summary><c>modnet reproduce figure6</c>: the paper's image classifiers, a run folder each, and their curves.</summary>
internal sealed class ReproduceFigure6Command : Command
{
    private const long Epoch = 390;
    private const long Steps = 100 * Epoch;

    // Measuring all images takes as long as half an epoch of training.
    private const long EvaluateEvery = 10 * Epoch;

    private readonly CliContext _context;
    private readonly DataInputs _inputs;
    private readonly ReproductionOptions _options;

    public ReproduceFigure6Command(CliContext context)
        : base(
            "figure6",
            "Trains the image classifiers of the paper's Figure 6 on CIFAR-10 and writes figure6.json and figure6.md. The same "
            + "command goes on with what was interrupted; more --steps extend what is finished.")
    {
        _context = context;
        _inputs = new DataInputs(this, context.Data, ImageExperiments.Cifar10, ImageClassifierPresets.Paper);
        _options = new ReproductionOptions(this, "variant", Steps);
        SetAction((result, stop) => Task.Run(() => Run(result, stop), CancellationToken.None));
    }

    private int Run(ParseResult result, CancellationToken stop)
    {
        var (seeds, jobs) = (_options.Seeds(result), _options.Jobs(result));
        var preset = (Cifar10Options)_inputs.ReadPreset(result) with { Steps = Steps };
        preset = preset with { Intervals = preset.Intervals with { EvaluateEvery = EvaluateEvery, CheckpointEvery = Epoch } };
        var options = _options.Shared(result, preset) with { Data = _inputs.Locate(result) };
        var folder = new Figure6Folder(_options.Folder(result), options, options.Load());
        var runs = SeedRun.Of(Figure6.Variants, seeds);
        folder.Require(runs);
        string command = $"modnet reproduce figure6 --data DIR --seeds {seeds} --steps {options.Steps} --preset {_inputs.PresetName(result)}";
        var origin = new Origin(command, _inputs.PresetName(result), ToolVersion.WithCommit, Machine.This());
        bool whole = Figure6View.Create().Show(
            _context, Figure6.Variants, observer => Figure6.Reproduction(folder, _context.Disk, origin, observer).Run(runs, jobs, stop));
        return ReproductionEnd.Say(_context, whole, "figure", folder.FullPath, Figure6Report.MarkdownFile, Figure6Report.JsonFile);
    }
}
