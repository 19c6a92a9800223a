using System.CommandLine;
using System.Globalization;
using ModularNetworks.Cli.CommandLine;
using ModularNetworks.Cli.Training;
using ModularNetworks.Engine;
using ModularNetworks.Experiments;
using ModularNetworks.Onnx;

namespace ModularNetworks.Cli.Commands;

/// <summary><c>modnet export</c>: a trained network as an ONNX file.</summary>
internal sealed class ExportCommand : Command
{
    private const string DefaultFile = "model.onnx";

    private readonly CliContext _context;
    private readonly TextRunInputs _inputs;
    private readonly Option<string?> _output = new("--output", "-o")
    {
        Description = $"The file to write. (default: {DefaultFile})",
        HelpName = "FILE",
    };

    private readonly Option<bool> _window = new("--window")
    {
        Description = "Of a language model: read whole texts in one run of the file. (default: one word, character or token)",
    };

    public ExportCommand(CliContext context)
        : base("export", "Writes a trained network as an ONNX file, with what is done to its inputs; other runtimes read it, and run the selected modules only.")
    {
        _context = context;
        _inputs = new TextRunInputs(context, this, "train table, images, cifar10, optdigits, text, ptb, digits or rules; or the file of an estimator (.safetensors)");
        Options.Add(_output);
        Options.Add(_window);
        SetAction(Run);
    }

    private int Run(ParseResult result)
    {
        var file = OutputFile.Of(Name, result.GetValue(_output) ?? DefaultFile);
        string source = _inputs.PathOf(result);
        var write = File.Exists(source) ? WriterOf(Path.GetFullPath(source), result) : WriterOf(_inputs.OpenRun(result), result);
        OnnxSignature? written = null;
        try
        {
            file.Write(_context.Disk, stream => written = write(stream));
        }
        catch (NotSupportedException exception)
        {
            throw new UserErrorException($"export: {Path.GetFullPath(source)}: {exception.Message}", exception);
        }
        Print(file.Path, written!);
        return ExitCode.Success;
    }

    private Func<Stream, OnnxSignature> WriterOf(RunFolder run, ParseResult result)
    {
        var (options, data) = (run.ReadOptions(_context.Experiments), _inputs.DataOf(result));
        if (result.GetValue(_window) && options is not LanguageModelOptions)
            throw new UserErrorException($"export: --window is for language models; {run.FullPath} is a run of train {options.Experiment}. Leave it out.");
        switch (options)
        {
            case TableOptions:
                var table = TableModel.Load(run, data);
                return stream => OnnxExport.Write(stream, table.Network, table.Encoding, table.Rule, table.Clusters);
            case ImageClassifierOptions:
                var images = ImageModel.Load(run, data);
                return stream => OnnxExport.Write(stream, images.Classifier, images.Form, images.Normalization, images.Rule);
            case LanguageModelOptions text:
                var (encoding, steps) = (TrainedLanguageModel.ReadEncoding(run, data), StepsOf(result));
                var (model, rule) = (TrainedLanguageModel.Load(run, encoding.Vocabulary.Count), TrainedLanguageModel.RuleOf(text, encoding.Vocabulary.Count));
                return stream => OnnxExport.Write(stream, model, encoding, steps, rule);
            case DigitsOptions or RulesOptions:
                var perceptron = PerceptronOf(run, data);
                return stream => OnnxExport.Write(
                    stream, perceptron.Network, new OnnxVectors { Target = perceptron.Target, Rule = perceptron.Rule, Clusters = perceptron.Clusters });
            default:
                throw new UserErrorException(
                    $"export: {run.FullPath} is a run of train {options.Experiment}; runs of train table, images, cifar10, optdigits, text, ptb, digits and rules can be exported.");
        }
    }

    /// <summary>The estimator that a file has.</summary>
    private Func<Stream, OnnxSignature> WriterOf(string file, ParseResult result)
    {
        var kind = SavedEstimator.KindOf(file);
        if (result.GetValue(_window) && kind != EstimatorKind.LanguageModel)
            throw new UserErrorException($"export: --window is for language models; {file} has another estimator. Leave it out.");
        if (_inputs.IsDataGiven(result))
            throw new UserErrorException($"export: --data is for runs; {file} has all that an estimator needs. Leave it out.");
        switch (kind)
        {
            case EstimatorKind.LanguageModel:
                var (text, steps) = (ModularLanguageModel.Load(file), StepsOf(result));
                return stream => OnnxExport.Write(stream, text, steps);
            case EstimatorKind.Regressor:
                var regressor = ModularRegressor.Load(file);
                return stream => OnnxExport.Write(stream, regressor);
            default:
                var classifier = ModularClassifier.Load(file);
                return stream => OnnxExport.Write(stream, classifier);
        }
    }

    private LanguageModelSteps StepsOf(ParseResult result) => result.GetValue(_window) ? LanguageModelSteps.Window : LanguageModelSteps.One;

    /// <summary>The perceptron of a run that keeps no preprocessing: made again from the data, with the trained parameters.</summary>
    private TaskExperiment PerceptronOf(RunFolder run, string? data)
    {
        var options = TrainedRun.Options(_context, run, data, Name);
        using var workers = new WorkerPool(options.Threads);
        var experiment = (TaskExperiment)_context.Experiments.Create(options, SimdKernels.Create(workers));
        TrainingData.Require(run, experiment.DataFingerprint);
        experiment.ReadTrained(run.Checkpoint);
        return experiment;
    }

    private void Print(string path, OnnxSignature written)
    {
        double size = new FileInfo(path).Length / 1e3;
        _context.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{path}: {size:F1} kB"));
        foreach (var value in written.Inputs)
            _context.WriteLine($"input  {value}   {value.Meaning}");
        foreach (var value in written.Outputs)
            _context.WriteLine($"output {value}   {value.Meaning}");
    }
}
