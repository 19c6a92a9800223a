using System.CommandLine;
using ModularNetworks.Cli.Training;
using ModularNetworks.Engine;
using ModularNetworks.Experiments;

namespace ModularNetworks.Cli.Commands;

/// <summary><c>modnet eval</c>: measures a trained network on held-out data.</summary>
internal sealed class EvalCommand : Command
{
    private readonly CliContext _context;
    private readonly TrainedRunInputs _inputs = new();
    private readonly Option<string?> _split = new("--split")
    {
        Description = "Which part of the data: valid or test, of images train or test. (default: test)",
        HelpName = "SPLIT",
    };

    private readonly Option<bool> _best = new("--best")
    {
        Description = "Measure the step with the lowest validation perplexity instead of the last one. (default: off)",
    };

    public EvalCommand(CliContext context)
        : base("eval", "Measures a trained network on held-out data, with the controller's most probable modules.")
    {
        _context = context;
        Arguments.Add(_inputs.Run);
        Options.Add(_split);
        Options.Add(_inputs.Data);
        Options.Add(_best);
        Options.Add(_inputs.Json);
        SetAction(Run);
    }

    private int Run(ParseResult result)
    {
        var folder = RunFolder.Open(result.GetRequiredValue(_inputs.Run));
        var options = TrainedRun.Options(_context, folder, result.GetValue(_inputs.Data), Name);
        using var workers = new WorkerPool(options.Threads);
        var experiment = _context.Experiments.Create(options, SimdKernels.Create(workers));
        string split = result.GetValue(_split) ?? "test";
        if (!experiment.Splits.Contains(split))
        {
            throw new UserErrorException(
                $"eval: --split {split}: the splits of {options.Experiment} are {string.Join(", ", experiment.Splits)}. Choose one of these.");
        }
        TrainingData.Require(folder, experiment.DataFingerprint);
        long step = experiment.ReadTrained(Checkpoint(folder, result));
        Print(experiment.Evaluate(split), split, step, result.GetValue(_inputs.Json));
        return ExitCode.Success;
    }

    private Checkpoint Checkpoint(RunFolder folder, ParseResult result)
    {
        if (!result.GetValue(_best))
            return folder.Checkpoint;
        return folder.BestCheckpoint.NewestStep is not null ? folder.BestCheckpoint : throw new UserErrorException(
            $"eval: --best: {folder.FullPath} has no checkpoint of its best step; runs that measure validation data keep one. Leave --best out.");
    }

    private void Print(Measurement measured, string split, long step, bool json)
    {
        if (!json)
        {
            _context.WriteLine($"step {step}   {MetricsText.Measured(measured)}");
            return;
        }
        TrainedRunInputs.Print(_context, new Evaluation(step, split, measured));
    }

    private sealed record Evaluation(long Step, string Split, [property: FlatPart] Measurement Measured);
}
