using System.CommandLine;
using System.Text.Json.Serialization;
using ModularNetworks.Cli.Training;
using ModularNetworks.Data;
using ModularNetworks.Engine;
using ModularNetworks.Experiments;

namespace ModularNetworks.Cli.Commands;

/// <summary><c>modnet eval</c>: measures a trained network on held-out data, or on other data of the same kind.</summary>
internal sealed class EvalCommand : Command
{
    private readonly CliContext _context;
    private readonly TrainedRunInputs _inputs = new()
    {
        DataDescription = "The data's folder, archive or file, if it has moved since the training; or, for runs on texts, tables and images, other data of the same "
            + "kind, which are then measured. (default: as in the training)",
    };

    private readonly Option<string?> _split = new("--split")
    {
        Description = "Which part of the data: valid or test, of images also train; of other data without parts, data. (default: test, or data)",
        HelpName = "SPLIT",
    };

    private readonly Option<bool> _best = new("--best")
    {
        Description = "Measure the step with the lowest validation perplexity instead of the last one. (default: off)",
    };

    public EvalCommand(CliContext context)
        : base("eval", "Measures a trained network on held-out data, or on other data, with the controller's most probable modules.")
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
        RequireData(options);
        using var workers = new WorkerPool(options.Threads);
        var kernels = SimdKernels.Create(workers);
        bool mayBeOther = result.GetValue(_inputs.Data) is not null && OtherDataOfRuns.CanRead(options);
        var experiment = mayBeOther ? OfTheTraining(folder, options, kernels) : _context.Experiments.Create(options, kernels);
        var evaluation = experiment is not null
            ? Evaluate(folder, experiment, options, result)
            : EvaluateOther(folder, (DataRunOptions)options, kernels, result);
        Print(evaluation, result.GetValue(_inputs.Json));
        return ExitCode.Success;
    }

    private static void RequireData(RunOptions options)
    {
        if (options is DataRunOptions { Data: var data } && !Path.Exists(data))
        {
            string others = OtherDataOfRuns.CanRead(options) ? ", or others of the same kind," : "";
            throw new UserErrorException($"eval: {data}: the data of the training are not there any more. Give them{others} with --data.");
        }
    }

    /// <summary>The experiment, if the data that are given are those of the training; else null.</summary>
    private Experiment? OfTheTraining(RunFolder folder, RunOptions options, Kernels kernels)
    {
        try
        {
            var experiment = _context.Experiments.Create(options, kernels);
            return TrainingData.AreThose(folder, experiment.DataFingerprint) ? experiment : null;
        }
        catch (Exception exception) when (exception is DataException or RunException)
        {
            // Nothing could be trained on them. Whether something can be measured is said by who reads them as other data.
            return null;
        }
    }

    private Evaluation Evaluate(RunFolder folder, Experiment experiment, RunOptions options, ParseResult result)
    {
        string split = Split(result, options.Experiment, experiment.Splits, Experiment.TestSplit);
        TrainingData.Require(folder, experiment.DataFingerprint);
        long step = experiment.ReadTrained(Checkpoint(folder, result));
        return new Evaluation(step, OtherData: null, split, experiment.Evaluate(split));
    }

    private Evaluation EvaluateOther(RunFolder folder, DataRunOptions options, Kernels kernels, ParseResult result)
    {
        var checkpoint = Checkpoint(folder, result);
        var other = OtherDataOfRuns.Read(folder, options, checkpoint, kernels, _context.Images);
        string split = Split(result, options.Data, other.Splits, other.Splits[^1]);
        var (measured, note) = other.Measure(split);
        if (note is not null)
            _context.Error.WriteLine($"note: {options.Data}: {note}.");
        return new Evaluation(checkpoint.NewestStep!.Value, options.Data, split, measured);
    }

    private string Split(ParseResult result, string owner, IReadOnlyList<string> splits, string usual)
    {
        string split = result.GetValue(_split) ?? usual;
        return splits.Contains(split)
            ? split
            : throw new UserErrorException($"eval: --split {split}: the splits of {owner} are {string.Join(", ", splits)}. Choose one of these.");
    }

    private Checkpoint Checkpoint(RunFolder folder, ParseResult result)
    {
        if (!result.GetValue(_best))
            return folder.Checkpoint;
        return folder.BestCheckpoint.NewestStep is not null ? folder.BestCheckpoint : throw new UserErrorException(
            $"eval: --best: {folder.FullPath} has no checkpoint of its best step; runs that measure validation data keep one. Leave --best out.");
    }

    private void Print(Evaluation evaluation, bool json)
    {
        if (json)
        {
            TrainedRunInputs.Print(_context, evaluation);
            return;
        }
        string other = evaluation.OtherData is { } path ? $"   other data than the training's: {path}" : "";
        _context.WriteLine($"step {evaluation.Step}{other}   {MetricsText.Measured(evaluation.Measured)}");
    }
}

/// <summary>What is printed as JSON.</summary>
/// <param name="Step">The checkpoint's step.</param>
/// <param name="OtherData">The path of the data, if they are not those of the training.</param>
/// <param name="Split">The part of the data.</param>
/// <param name="Measured">The measurement.</param>
[CompiledJson(typeof(EvaluationTypes))]
internal sealed record Evaluation(long Step, string? OtherData, string Split, [property: FlatPart] Measurement Measured);

/// <summary>The record of this file, whose JSON the compiler writes code for.</summary>
[JsonSerializable(typeof(Evaluation))]
internal sealed partial class EvaluationTypes : JsonSerializerContext;
