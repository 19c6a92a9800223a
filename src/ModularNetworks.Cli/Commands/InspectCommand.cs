using System.CommandLine;
using ModularNetworks.Cli.Inspection;
using ModularNetworks.Cli.Training;
using ModularNetworks.Engine;
using ModularNetworks.Experiments;

namespace ModularNetworks.Cli.Commands;

/// <summary><c>modnet inspect</c>: what each module of a trained network does.</summary>
internal sealed class InspectCommand : Command
{
    private readonly CliContext _context;
    private readonly TrainedRunInputs _inputs = new();
    private readonly Option<bool> _ablate = new("--ablate")
    {
        Description = "Also measure the test data without each module, whose choices go to the next best; takes a measurement for each module.",
    };

    public InspectCommand(CliContext context)
        : base(
            "inspect",
            "Shows what each module of a trained network does on the test data, and keeps it in the run folder for the report.")
    {
        _context = context;
        Arguments.Add(_inputs.Run);
        Options.Add(_inputs.Data);
        Options.Add(_ablate);
        Options.Add(_inputs.Json);
        SetAction(Run);
    }

    private int Run(ParseResult result)
    {
        string path = result.GetRequiredValue(_inputs.Run);
        var folder = RunFolder.Open(path);
        var options = TrainedRun.Options(_context, folder, result.GetValue(_inputs.Data), Name);
        if (options.Method == TrainingMethods.Fixed)
        {
            throw new UserErrorException(
                $"inspect: {path} is a baseline, which uses the same modules for all inputs. Inspect a run of another method.");
        }
        bool moved = result.GetValue(_inputs.Data) is not null;
        bool ablate = result.GetValue(_ablate);
        var inspection = (moved || ablate ? null : Kept(folder, options)) ?? Inspect(folder, options, ablate);
        if (result.GetValue(_inputs.Json))
            TrainedRunInputs.Print(_context, inspection);
        else
            new InspectionText(_context).Print(inspection);
        return ExitCode.Success;
    }

    /// <summary>The inspection that the folder keeps, where the data are gone; null where they are there.</summary>
    /// <exception cref="UserErrorException">The data are gone, and the folder keeps no inspection.</exception>
    private NetworkInspection? Kept(RunFolder folder, RunOptions options)
    {
        if (options is not DataRunOptions { Data: var data } || Path.Exists(data))
            return null;
        var kept = folder.ReadInspection() ?? throw new UserErrorException(
            $"inspect: {folder.FullPath} keeps no inspection, which the end of a training writes, and {data} is not there any more. Give the data with --data.");
        string age = kept.Step == folder.Checkpoint.NewestStep ? "" : $" of step {kept.Step}; that of step {folder.Checkpoint.NewestStep} needs the data (--data)";
        _context.Error.WriteLine($"note: {data} is not there any more; this is the inspection that {folder.FullPath} keeps{age}.");
        return kept;
    }

    private NetworkInspection Inspect(RunFolder folder, RunOptions options, bool ablate)
    {
        using var workers = new WorkerPool(options.Threads);
        var experiment = _context.Experiments.Create(options, SimdKernels.Create(workers));
        TrainingData.Require(folder, experiment.DataFingerprint);
        folder.Checkpoint.Read(experiment.Parameters, experiment.Trainer);
        var inspection = RunInspection.Make(experiment) ?? throw new UserErrorException(
            $"inspect: {folder.FullPath} is a {options.Experiment} run, which tells nothing of its modules. Inspect a run of another experiment.");
        if (ablate)
        {
            inspection = Ablation.AddTo(inspection, experiment) ?? throw new UserErrorException(
                $"inspect --ablate: the controllers of {folder.FullPath} cannot be kept from a module, since they have no bias for each. Inspect it without --ablate.");
        }
        Keep(folder, inspection);
        return inspection;
    }

    private void Keep(RunFolder folder, NetworkInspection inspection)
    {
        try
        {
            folder.WriteInspection(_context.Disk, inspection);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _context.Error.WriteLine($"warning: {folder.FullPath} cannot be written to, so that reports will not show this inspection.");
        }
    }
}
