using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModularNetworks.Cli.Inspection;
using ModularNetworks.Cli.Training;
using ModularNetworks.Engine;
using ModularNetworks.Experiments;

namespace ModularNetworks.Cli.Commands;

/// <summary><c>modnet inspect</c>: what each module of a trained network does.</summary>
internal sealed class InspectCommand : Command
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private readonly CliContext _context;
    private readonly Argument<string> _run = new("RUN") { Description = "The run folder." };
    private readonly Option<string?> _data = new("--data")
    {
        Description = "The data's folder or archive, if it has moved since the training. (default: as in the training)",
        HelpName = "DIR",
    };

    private readonly Option<bool> _json = new("--json") { Description = "Print JSON. (default: off)" };

    public InspectCommand(CliContext context)
        : base(
            "inspect",
            "Shows what each module of a trained network does on the test data, and keeps it in the run folder for the report.")
    {
        _context = context;
        Arguments.Add(_run);
        Options.Add(_data);
        Options.Add(_json);
        SetAction(Run);
    }

    private int Run(ParseResult result)
    {
        string path = result.GetRequiredValue(_run);
        var folder = RunFolder.Open(path);
        var options = TrainedRun.Options(_context, folder, result.GetValue(_data), Name);
        if (options.Method == TrainingMethods.Fixed)
        {
            throw new UserErrorException(
                $"inspect: {path} is a baseline, which uses the same modules for all inputs. Inspect a run of another method.");
        }
        using var workers = new WorkerPool(options.Threads);
        var experiment = _context.Experiments.Create(options, SimdKernels.Create(workers));
        TrainingData.Require(folder, experiment);
        folder.Checkpoint.Read(experiment.Parameters, experiment.Trainer);
        var inspection = RunInspection.Make(experiment)!;
        var written = InspectionJson.Write(inspection);
        if (result.GetValue(_json))
            _context.WriteLine(written.ToJsonString(Indented));
        else
            new InspectionText(_context).Print(inspection);
        Keep(folder, written);
        return ExitCode.Success;
    }

    private void Keep(RunFolder folder, JsonObject inspection)
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
